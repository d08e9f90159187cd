#include "app/filing_service.h"

#include "app/authority_option.h"
#include "filing/lodge/channels.h"

namespace fairway::app {

Result<std::unique_ptr<FilingService>> FilingService::open(const ServeOptions& options, store::Store& store, Env& env) {
  auto regimes = TRY(options.regimes.empty() ? filing::Regimes::built_in() : filing::Regimes::with_folder(options.regimes));
  const auto authorities = TRY(authorities_from(options.authorities, options.authority_tokens));
  auto channels = TRY(filing::make_channels(authorities, *regimes, env));
  return std::unique_ptr<FilingService>(
      new FilingService(std::move(regimes), std::move(channels), lodging_settings(options.lodging_ends_at), store, env));
}

FilingService::FilingService(std::shared_ptr<const filing::Regimes> regimes, std::vector<std::unique_ptr<filing::Channel>> channels,
                             filing::Outbox::Settings settings, store::Store& store, Env& env)
    : regimes_(std::move(regimes)),
      book_(store, env, *regimes_),
      holds_(store, env),
      desk_(*regimes_, env),
      rooms_{*regimes_, book_, holds_, desk_},
      outbox_(store, book_, env, std::move(channels), std::move(settings)),
      store_(store),
      env_(env) {
  book_.set_letter_writer(filing::write_letter);
}

void FilingService::start(access::Registry& registry) {
  outbox_.start();
  customs_ = std::make_unique<exchange::CustomsFollower>(store_, book_, holds_, *regimes_, registry, env_);
  deadlines_ = std::make_unique<exchange::DeadlineWatch>(store_, book_, *regimes_, env_);
}

void FilingService::stop() {
  if (deadlines_) deadlines_->stop();
  if (customs_) customs_->stop();
  outbox_.stop();
}

}  // namespace fairway::app
