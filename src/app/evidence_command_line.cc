#include <CLI/CLI.hpp>
#include <memory>

#include "app/evidence_commands.h"
#include "app/ledger_command_line.h"
#include "app/server_options.h"

namespace fairway::app {

void add_evidence_verbs(CLI::App& app, int& status) {
  CLI::App* fetch = app.add_subcommand("evidence", "fetch an evidence bundle: what the log says of a reference, with its proofs");
  const auto wish = std::make_shared<EvidenceOptions>();
  fetch->add_option("REFERENCE", wish->reference, "a container, booking, bill of lading, …; or entry:N for one entry of the log")
      ->required();
  fetch->add_option("-o,--out", wish->out, "the file to write, or - for standard output")->required();
  fetch->add_option("--trip", wish->trip, "of a container: which of its trips; the latest without it")->check(CLI::PositiveNumber);
  fetch->add_option("--language", wish->language, "of the statement: en, zh-Hant or zh-Hans")->capture_default_str();
  fetch
      ->add_option("--term", wish->terms,
                   "of the certificate of free time: freeDays=7, charge=detention, … (docs/reference/certificate.md)")
      ->check([](const std::string& term) { return term.find('=') < term.size() ? "" : "a term is NAME=VALUE, as in freeDays=7"; });
  add_server(*fetch, wish->server);
  fetch->callback([wish, &status] { status = evidence(*wish); });

  CLI::App* check = app.add_subcommand("verify", "check an evidence bundle, a proof or a receipt, without a server");
  const auto question = std::make_shared<VerifyOptions>();
  check->add_option("FILE", question->file, "a bundle (.zip), a proof (.tlog-proof) or a receipt (JSON), or - for standard input")
      ->required();
  CLI::Option* policy = check->add_option("--policy", question->policy, "whom to believe: a policy file; a bundle's own without it");
  CLI::Option* url = check->add_option("--url", question->server.url, "take the policy that this server publishes")->excludes(policy);
  check->add_option("--checkpoint", question->checkpoint, "of a receipt: a cosigned checkpoint that shows whether it was honoured");
  check->add_option("--proof,--bundle", question->proof, "of a receipt: a proof, or a bundle with the promised entries");
  check->add_option("--ca", question->server.tls.ca_file, "authorities to trust beside the system's (PEM)")->envname("FAIRWAY_CA");
  check->add_option("--nodes", question->nodes, "nodes of the chain that you trust, to be asked about the anchor: URL,URL")->delimiter(',');
  check->add_flag("--json", question->json, "print the findings as JSON");
  check->callback([question, url, &status] {
    question->from_server = url->count() > 0;
    status = verify(*question);
  });
}

}  // namespace fairway::app
