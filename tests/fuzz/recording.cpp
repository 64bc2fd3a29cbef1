// A recording is read or refused with its place; what was read is written and read again unchanged, and a network that
// plays it answers every one of its questions in time.
#include "driver/recording.h"

#include "driver/recorded_network.h"
#include "target.h"

using namespace mailconf;

namespace {

constexpr Instant deadline = std::chrono::seconds(8);

void replay(const Recording& recording) {
  ReplayingNetwork network(recording, EmailAddress::parse("user@example.org").value());
  std::uint32_t number = 0;
  for (const auto& entry : recording.entries) network.start({1, ++number}, entry.question, deadline);
  std::size_t answered = 0;
  const Instant end = deadline + Duration(1);  // what was not waited for is answered a moment late
  for (auto arrived = network.wait_until(end); !arrived.empty(); arrived = network.wait_until(end))
    answered += arrived.size();
  fuzz::require(answered == recording.entries.size(), "every question is answered within its time");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto recording = read_recording(fuzz::text_of(data, size));
  if (!recording) {
    fuzz::require(!recording.error().message.empty(), "an error has a message");
    fuzz::require(recording.error().code == ErrorCode::too_large || !recording.error().place.empty(),
                  "and the line as its place");
    return 0;
  }
  const auto written = write_recording(*recording);
  const auto again = read_recording(written);
  fuzz::require(again && write_recording(*again) == written, "what was written is read back");
  replay(*recording);
  return 0;
}
