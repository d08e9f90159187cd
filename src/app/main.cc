#include "app/commands.h"

int main(int count, char** arguments) { return fairway::app::run(count, arguments); }
