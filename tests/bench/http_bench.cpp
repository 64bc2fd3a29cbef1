#include <benchmark/benchmark.h>

#include "protocol/http_exchange.h"

namespace mailconf::bench {
namespace {

// A body of the given size, in pieces as a socket delivers them.
void read_in_segments(benchmark::State& state, const std::string& response) {
  constexpr std::size_t segment = 1460;
  for (auto _ : state) {
    HttpResponseReader reader;
    for (std::size_t at = 0; at < response.size(); at += segment)
      benchmark::DoNotOptimize(reader.feed(std::string_view(response).substr(at, segment)));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(response.size()));
}

void http_read_body_of_known_length(benchmark::State& state) {
  const std::string body(static_cast<std::size_t>(state.range(0)), 'b');
  read_in_segments(state, "HTTP/1.1 200 OK\r\nServer: x\r\nContent-Type: text/xml\r\nContent-Length: " +
                              std::to_string(body.size()) + "\r\n\r\n" + body);
}
BENCHMARK(http_read_body_of_known_length)->Arg(2'000)->Arg(200'000);

void http_read_chunks(benchmark::State& state) {
  std::string response = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int chunks = 0; chunks < state.range(0); ++chunks) response += "100\r\n" + std::string(256, 'c') + "\r\n";
  read_in_segments(state, response + "0\r\n\r\n");
}
BENCHMARK(http_read_chunks)->Arg(8)->Arg(800);

}  // namespace
}  // namespace mailconf::bench
