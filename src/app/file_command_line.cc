#include "app/file_command_line.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "app/file_calculators.h"
#include "app/file_commands.h"
#include "app/server_options.h"

namespace fairway::app {
namespace {

void add_language(CLI::App& verb, std::string& language) {
  verb.add_option("--lang,--language", language, "en, zh-Hant or zh-Hans")
      ->check(CLI::IsMember({"en", "zh-Hant", "zh-Hans"}))
      ->capture_default_str();
}

// The options live as long as the callback that reads them.
void add_plan(CLI::App& file, int& status, const char* name, const char* what, int (*run)(const FilePlanOptions&)) {
  CLI::App* verb = file.add_subcommand(name, what);
  const auto options = std::make_shared<FilePlanOptions>();
  verb->add_option("WHAT", options->what, "records as JSON or a sheet (CSV, XLSX); - for standard input; or a server's consignment: cns_…")
      ->required();
  verb->add_option("--regime", options->regimes, "a folder of further regimes")->envname("FAIRWAY_REGIMES");
  verb->add_option("--feed", options->feeds,
                   "a message, invoice or packing list to merge into the one consignment; may be given several times")
      ->allow_extra_args(false);
  verb->add_option("--only", options->only, "the regimes that are asked for: hk, cn; all without it")->delimiter(',');
  verb->add_option("--date", options->date, "the day, or the moment, that it is looked at; now without it");
  add_language(*verb, options->language);
  verb->add_flag("--json", options->json, "print JSON, a line a consignment");
  add_server(*verb, options->server);
  verb->callback([options, run, &status] { status = run(*options); });
}

void add_confirm(CLI::App& file, int& status) {
  CLI::App* verb = file.add_subcommand("confirm", "stand for groups of fields of a filing, by name: needs a personal key");
  const auto options = std::make_shared<FileStepOptions>();
  verb->add_option("FILING", options->filing, "fil_…")->required();
  CLI::Option* group = verb->add_option("--group", options->groups, "a group of fields; may be given several times")->delimiter(',');
  CLI::Option* all = verb->add_flag("--all", options->all, "every group that is not confirmed yet")->excludes(group);
  verb->add_option("--looked-at", options->looked_at, "a group with unsure values that you have looked at; may be given several times")
      ->delimiter(',');
  verb->add_flag("--json", options->json, "print the filing as JSON");
  add_language(*verb, options->language);
  add_server(*verb, options->server);
  verb->callback([options, group, all, &status] {
    if (group->count() + all->count() == 0) throw CLI::RequiredError("--group or --all");
    status = file_confirm(*options);
  });
}

void add_lodge(CLI::App& file, int& status) {
  CLI::App* verb = file.add_subcommand("lodge", "send a confirmed filing to its authority");
  const auto options = std::make_shared<FileStepOptions>();
  verb->add_option("FILING", options->filing, "fil_…")->required();
  CLI::Option* reason = verb->add_option("--reason", options->reason, "of an amendment or a cancellation");
  CLI::Option* amend = verb->add_flag("--amend", options->amend, "amend what the authority has")->needs(reason);
  verb->add_flag("--cancel", options->cancel, "cancel what the authority has")->needs(reason)->excludes(amend);
  verb->add_flag("--json", options->json, "print the filing as JSON");
  add_language(*verb, options->language);
  add_server(*verb, options->server);
  verb->callback([options, &status] { status = file_lodge(*options); });
}

void add_status(CLI::App& file, int& status) {
  CLI::App* verb = file.add_subcommand("status", "where filings stand; without an argument those that need somebody, first");
  const auto options = std::make_shared<FileStatusOptions>();
  verb->add_option("WHAT", options->what, "fil_… or cns_…");
  verb->add_flag("--json", options->json, "print JSON");
  add_language(*verb, options->language);
  add_server(*verb, options->server);
  verb->callback([options, &status] { status = file_status(*options); });
}

}  // namespace

void add_file_verbs(CLI::App& app, int& status) {
  CLI::App* file = app.add_subcommand("file", "what must be filed for a consignment: planned, checked, confirmed, lodged");
  file->require_subcommand(1);
  add_plan(*file, status, "plan", "what must be filed, by whom, by when, at what cost, and what is missing", file_plan);
  add_plan(*file, status, "check", "what is wrong with it: the field, the rule and the cure; 1 when something blocks", file_check);
  add_confirm(*file, status);
  add_lodge(*file, status);
  add_status(*file, status);
  file->add_subcommand("template", "a sheet to begin with, as CSV")->callback([&status] { status = file_template(); });
  add_file_calculators(*file, status);
}

}  // namespace fairway::app
