#include "app/cli/interrupt.h"

#include <unistd.h>

#include <atomic>
#include <csignal>

#include "core/system/unfinished.h"

namespace iem::cli {
namespace {

std::atomic<bool> noting = false, seen = false;
static_assert(std::atomic<bool>::is_always_lock_free);  // or a signal handler must not touch it

void handle(int) {
  if (noting && !seen.exchange(true)) return;
  remove_unfinished_files();
  _exit(kInterrupted);
}

}  // namespace

void end_on_interrupt() {
  struct sigaction action {};
  action.sa_handler = handle;
  action.sa_flags = SA_RESTART;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&action.sa_mask, signal);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before {};
    sigaction(signal, nullptr, &before);
    const bool nohup = signal == SIGHUP && before.sa_handler == SIG_IGN;
    if (!nohup) sigaction(signal, &action, nullptr);
  }
}

void note_interrupts() {
  end_on_interrupt();
  // A reader of one output that has gone away is an error of that output; the others are still written.
  std::signal(SIGPIPE, SIG_IGN);
  noting = true;
}

bool interrupted() { return seen; }

void outlive_file_limits() { std::signal(SIGXFSZ, SIG_IGN); }

}  // namespace iem::cli
