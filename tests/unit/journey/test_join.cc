// Joining: which events make one journey, and the guards against joining too much.
#include <gtest/gtest.h>

#include "journey/port.h"
