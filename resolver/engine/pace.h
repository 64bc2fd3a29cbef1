// When questions may go out, and until when they may take: the engine's clockwork, as functions of the state.
#pragma once

#include "engine/state.h"

namespace mailconf {

// A server of a finding is being proved; never held back.
bool is_proof(const State& state, Exchanges::Id id);
// A port that a source wants tried on suspicion.
bool is_guess(const State& state, Exchanges::Id id);

// Nobody waits for it.
bool is_beside(const State& state, Exchanges::Id id);

// Ports are not tried on suspicion while a published answer may still come in; for services beside the mail no
// connection is made while a document about the mail is on its way.
bool may_start(const State& state, Exchanges::Id id);
// When a question that goes out now is given up.
Instant deadline_of(const State& state, Exchanges::Id id);
// The next time that something changes by itself, at most `limit`.
Instant next_wake(const State& state, Instant limit);

}  // namespace mailconf
