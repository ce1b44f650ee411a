// The command line, declared once: CLI11 parses it and writes --help, shells complete it (complete.h), and
// the manual page is made of it (manual.h).
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/cli/commands.h"

namespace iem::cli {

// Notes on an option or positional that CLI11 cannot hold.
struct OptionNotes {
  std::function<std::vector<std::string>()>
      words;         // what a shell offers for the value; one ending in = goes on
  std::string more;  // what the manual says after the sentence of --help
};

struct CommandLine {
  CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  // A command by its name; null: there is none.
  const CLI::App* command(const std::string& name) const;

  CLI::App app;
  std::map<const CLI::Option*, OptionNotes> notes;

  // The parsed values.
  std::string scene, picture_size = "1280x800";
  RunOptions run;
  CheckOptions check;
  SweepOptions sweep;
  CompareOptions compare;
  PageOptions page;
  AtlasOptions atlas;
  ScreenshotRequest screenshot;
  LessonOptions lesson;
  ListOptions list;
};

}  // namespace iem::cli
