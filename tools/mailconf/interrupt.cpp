#include "interrupt.h"

#include <csignal>
#include <pthread.h>

namespace mailconf::cli {
namespace {

// SIGUSR1 wakes the watcher when it is no longer needed.
sigset_t watched() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGUSR1}) sigaddset(&set, signal);
  return set;
}

// Stop callbacks may lock and allocate, which a signal handler must not: hence a thread that waits for the signal.
void watch(const std::stop_token& dismissed, std::stop_source& interrupted) {
  const sigset_t set = watched();
  int signal = 0;
  while (sigwait(&set, &signal) == 0 && !dismissed.stop_requested()) {
    if (signal != SIGUSR1) interrupted.request_stop();
  }
}

}  // namespace

Interrupt::Interrupt() {
  const sigset_t set = watched();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  watcher_ = std::jthread([this](const std::stop_token& dismissed) { watch(dismissed, source_); });
}

Interrupt::~Interrupt() {
  watcher_.request_stop();
  pthread_kill(watcher_.native_handle(), SIGUSR1);
  watcher_.join();
  const sigset_t set = watched();
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

}  // namespace mailconf::cli
