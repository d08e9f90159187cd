#include "app/filing_service.h"

#include "app/authority_option.h"
#include "filing/lodge/channels.h"

namespace fairway::app {

Result<std::unique_ptr<FilingService>> FilingService::open(const ServeOptions& options, exchange::Services& services) {
  auto regimes = TRY(options.regimes.empty() ? filing::Regimes::built_in() : filing::Regimes::with_folder(options.regimes));
  const auto authorities = TRY(authorities_from(options.authorities, options.authority_tokens));
  auto channels = TRY(filing::make_channels(authorities, *regimes, services.env));
  std::unique_ptr<FilingService> service(
      new FilingService(std::move(regimes), std::move(channels), lodging_settings(options.lodging_ends_at), services));
  services.filings = &service->rooms_;
  return service;
}

FilingService::FilingService(std::shared_ptr<const filing::Regimes> regimes, std::vector<std::unique_ptr<filing::Channel>> channels,
                             filing::Outbox::Settings settings, exchange::Services& services)
    : services_(services),
      regimes_(std::move(regimes)),
      book_(services.store, services.env, *regimes_),
      holds_(services.store, services.env),
      desk_(*regimes_, services.env),
      rooms_{*regimes_, book_, holds_, desk_, outbox_},
      outbox_(services.store, book_, services.env, std::move(channels), std::move(settings)) {
  book_.set_letter_writer(filing::write_letter);
}

void FilingService::start() {
  outbox_.start();
  feeder_ =
      std::make_unique<exchange::RecordFeeder>(services_.store, book_, *regimes_, services_.rule, services_.access_log, services_.registry);
  follower_ = std::make_unique<exchange::CustomsFollower>(services_.store, book_, holds_, *regimes_, services_.registry, services_.env);
  deadlines_ = std::make_unique<exchange::DeadlineWatch>(services_.store, book_, *regimes_, services_.env);
}

void FilingService::stop() {
  if (deadlines_) deadlines_->stop();
  if (feeder_) feeder_->stop();
  if (follower_) follower_->stop();
  outbox_.stop();
}

}  // namespace fairway::app
