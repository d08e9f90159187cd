#include "http/mailbox.h"

namespace fairway::http {
namespace {

thread_local const Mailbox* mailbox_of_this_thread = nullptr;

}  // namespace

void Mailbox::belongs_to_this_thread() { mailbox_of_this_thread = this; }

bool Mailbox::push(Mail& mail) {
  bool wake = false;
  {
    const std::scoped_lock lock(mutex_);
    if (closed_) return false;
    mails_.push_back(std::move(mail));
    if (!woken_ && mailbox_of_this_thread != this) wake = woken_ = true;
  }
  if (wake) wake_();
  return true;
}

void Mailbox::take(std::vector<Mail>& empty) {
  const std::scoped_lock lock(mutex_);
  mails_.swap(empty);
  woken_ = false;
}

std::vector<Mail> Mailbox::close() {
  const std::scoped_lock lock(mutex_);
  closed_ = true;
  return std::exchange(mails_, {});
}

}  // namespace fairway::http
