// `fairway file`: its verbs and their options. They set `status` to what main() returns.
#pragma once

namespace CLI {
class App;
}

namespace fairway::app {

void add_file_verbs(CLI::App& app, int& status);

}  // namespace fairway::app
