#include <benchmark/benchmark.h>

#include "protocol/probe_dialogue.h"

namespace mailconf::bench {
namespace {

void probe_imap_over_tls(benchmark::State& state) {
  for (auto _ : state) {
    ProbeDialogue dialogue(ServerType::imap, SocketType::ssl);
    dialogue.on_connected();
    dialogue.on_tls_established();
    dialogue.on_bytes("* OK ready\r\n");
    dialogue.on_bytes("* CAPABILITY IMAP4rev1 SASL-IR IDLE MOVE AUTH=PLAIN AUTH=XOAUTH2\r\na1 OK done\r\n");
    benchmark::DoNotOptimize(dialogue.outcome());
  }
}
BENCHMARK(probe_imap_over_tls);

void probe_smtp_with_starttls(benchmark::State& state) {
  for (auto _ : state) {
    ProbeDialogue dialogue(ServerType::smtp, SocketType::starttls);
    dialogue.on_connected();
    dialogue.on_bytes("220 mail.example.org ESMTP\r\n");
    dialogue.on_bytes("250-mail.example.org\r\n250-SIZE 52428800\r\n250 STARTTLS\r\n");
    dialogue.on_bytes("220 go ahead\r\n");
    dialogue.on_tls_established();
    dialogue.on_bytes("250-mail.example.org\r\n250-SIZE 52428800\r\n250 AUTH PLAIN LOGIN\r\n");
    benchmark::DoNotOptimize(dialogue.outcome());
  }
}
BENCHMARK(probe_smtp_with_starttls);

}  // namespace
}  // namespace mailconf::bench
