// A line a source while a resolution runs, for people who wait at a terminal.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/resolver.h"
#include "style.h"

namespace mailconf::cli {

// Draws over its own lines and leaves nothing behind.
class LiveView {
 public:
  using Sink = std::function<void(std::string_view)>;

  // `height` lines at most are drawn, each at most style.width cells wide.
  LiveView(Style style, std::size_t height, Sink sink);
  ~LiveView();
  LiveView(const LiveView&) = delete;
  LiveView& operator=(const LiveView&) = delete;

  // To be given to Resolver::resolve(); refers to this view.
  [[nodiscard]] Observer observer();
  void erase();

 private:
  struct Source {
    std::string name;
    std::size_t open = 0;  // questions without an answer yet
    Outcome best = Outcome::skipped;
    std::string text;
  };

  void asked(const SourceRow& row);
  void answered(const SourceRow& row);
  Source& source(const std::string& name);
  [[nodiscard]] std::string line(const Source& source) const;
  void draw();

  Style style_;
  std::size_t height_;
  Sink sink_;
  std::vector<Source> sources_;
  std::size_t drawn_ = 0;
};

}  // namespace mailconf::cli
