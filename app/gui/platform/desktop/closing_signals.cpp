#include "app/gui/platform/closing_signals.h"

#include <array>
#include <atomic>
#include <csignal>

namespace iem::gui {
namespace {

constexpr std::array kSignals = {SIGTERM, SIGHUP, SIGINT};
std::array<struct sigaction, kSignals.size()> handlers_before;
std::atomic<int> signal_seen = 0;
static_assert(std::atomic<int>::is_always_lock_free);  // or a signal handler must not touch it

}  // namespace

ClosingSignals::ClosingSignals() {
  signal_seen = 0;
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], nullptr, &handlers_before[i]);
    if (handlers_before[i].sa_handler == SIG_IGN) continue;
    struct sigaction closing {};
    closing.sa_handler = [](int number) { signal_seen = number; };
    closing.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(kSignals[i], &closing, nullptr);
  }
}

ClosingSignals::~ClosingSignals() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &handlers_before[i], nullptr);
  if (signal_seen == SIGINT) std::raise(SIGINT);
}

bool ClosingSignals::came() { return signal_seen != 0; }

}  // namespace iem::gui
