// What the export card has done on another thread.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/export/formats.h"
#include "app/gui/context/panel_context.h"
#include "core/config/config.h"
#include "core/figure/figure.h"
#include "core/run/comparison.h"

namespace iem::gui {

// A file that nobody has put there: the path itself, or with a number behind its name.
std::string free_path(const std::filesystem::path& wish);

// The runs of the engine, when it comes to it, at the step of the snapshot; the first of them. Empty where
// `goes_on` has said no on the way there.
template <class Runs>
using RunsThen = std::function<std::optional<Runs>(const GoesOn& goes_on)>;
RunsThen<Comparison> runs_of(PanelContext& context);
RunsThen<Run> run_of(PanelContext& context);

// With which a file can reopen its run, and a table say what it is of.
void say_run(const Run& run, const Config& view, ExportOptions& paper);

// The same, and the link that the furniture of `view` asks for, in a file that has words.
void say_run_and_link(const Run& run, const Config& view, const std::string& path, ExportOptions& paper);

// About letters that no font has, and a code that had no room for the link; may be empty.
std::string warning_of(const Figure& figure, const FigureFormat& format, const ExportOptions& paper);

// What links begin with: the program's own page, empty where it knows none.
std::string link_base();

// Into the clipboard by way of a file, which stays in its folder where the clipboard takes no pictures.
// Returns what is to be said.
std::string copy_or_keep(const Figure& figure, const std::string& wish, const ExportOptions& paper);

// One of several figures that are saved together.
struct FigureToSave {
  std::string file;
  std::function<Figure()> make;
  Config view;
};

// Into a new folder, which is not left behind half full; InputError where there is one already. Returns how
// many had something to show.
int write_into(const std::string& folder, const std::vector<FigureToSave>& figures, const Run& run,
               ExportOptions paper, std::string& warning);

}  // namespace iem::gui
