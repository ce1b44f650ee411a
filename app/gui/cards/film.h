// A film of a figure, made from the export card: which steps of the run it shows and how fast, and the work
// of writing it.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <set>
#include <string>

#include "app/export/animation/formats.h"
#include "app/export/export.h"
#include "app/gui/context/panel_context.h"
#include "core/config/config.h"
#include "core/run/comparison.h"

namespace iem::gui {

struct FilmSettings {
  std::int64_t from = 0, to = 0, every = 1;  // steps; every: between two frames
  double fps = 25;
  bool even_change = false;  // as many frames, but at equal change of the parameters
};

// The settings as rows of the card, and the format as segments above them.
class FilmRows {
 public:
  // The range covers the run until it is set by hand; every n such that there are at most some 200 frames.
  void follow(const PanelContext& context);
  bool choose_format();  // true when another was chosen
  void draw(const PanelContext& context);

  const AnimationFormat& format() const;
  const FilmSettings& settings() const { return settings_; }

 private:
  int format_ = 0;
  FilmSettings settings_;
  bool by_hand_ = false;
  std::uint64_t of_opened_ = 0;
};

// Shared by the card and the thread that writes.
struct FilmProgress {
  std::atomic<double> done = 0;  // from 0 to 1
  std::atomic<bool> cancelled = false;
};

struct FilmOrder {
  std::string figure, path;
  ExportOptions look;
  Config view;                     // of the window, with furniture
  std::set<std::string> log_axes;  // as switched in the window
  FilmSettings settings;
};

// Writes it, whole or not at all: the first run with those that are compared with it. Returns false when it
// was cancelled: there is no file then. InputError as write_animation.
bool write_film(Comparison runs, const FilmOrder& order, FilmProgress& progress);

}  // namespace iem::gui
