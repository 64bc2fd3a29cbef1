// Whether an answer may wait for others: a store, a name server, a directory, a file.
#pragma once

namespace mailconf::server {

enum class Patience { waits, none };

// Thrown in place of waiting where there is no patience, before anything has been changed: whoever may wait begins the
// answer anew.
struct MustWait {};

inline void must_wait(Patience patience) {
  if (patience == Patience::none) throw MustWait();
}

}  // namespace mailconf::server
