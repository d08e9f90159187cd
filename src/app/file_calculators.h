// `fairway file charge` and `fairway file deadline`: what a declaration costs and until when it must be lodged, out of the tables in the
// program, without a store or a server. docs/reference/command-line.md describes them.
#pragma once

#include "app/commands.h"

namespace CLI {
class App;
}

namespace fairway::app {

// Under the verb `file`.
void add_file_calculators(CLI::App& file, int& status);

}  // namespace fairway::app
