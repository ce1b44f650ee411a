// Presenting (F5): the window shows a class what the moment shows and nothing else, larger: a head, the stage
// to its edges, two figures or what is asked, the phases with all their numbers, and a line of steps. Notes
// are for the presenter alone: a panel, or a window of their own.
#pragma once

#include <memory>
#include <string>

#include "app/gui/controls/scrub_bar.h"
#include "app/gui/lessons/lesson_player.h"
#include "app/gui/lessons/lesson_reader.h"
#include "app/gui/pages/page.h"
#include "app/gui/platform/second_window.h"
#include "app/gui/present/notes.h"
#include "app/gui/present/stage_tools.h"

namespace iem::gui {

inline constexpr float kPresentHead = 46, kPresentLine = 5;  // heights, style pixels
inline constexpr const char* kMomentWindow = "Moment###present.moment";
inline constexpr const char* kNotesPanel = "Notes###present.notes";

class Presenter {
 public:
  explicit Presenter(StageHand& beneath) : tools_(beneath) {}

  bool on() const { return on_; }
  void begin(PanelContext& context);
  void end(PanelContext& context);
  StageTools& tools() { return tools_; }

  // Once a frame, before anything is drawn. The keys of the second window run actions.
  void follow(PanelContext& context, const LessonPlayer& lessons);
  bool working(const PanelContext& context) const {
    return context.strokes.fading(ImGui::GetTime()) || is_new_minute() ||
           (notes_window_ && notes_window_->has_news());
  }

  // --- notes ---
  bool shows_notes() const { return on_ && notes_panel_; }
  void toggle_notes() { notes_panel_ = !notes_panel_; }
  bool has_notes_window() const { return notes_window_ != nullptr; }
  // Null closes it.
  void show_notes_in(std::unique_ptr<SecondWindow> window);
  const Notes& notes() const { return notes_; }

  // --- what is drawn; each fills the present ImGui window ---
  // Whether the page asks or leaves something to set, which takes the place of a figure; whether it has
  // formulas to show beside its figures.
  static bool has_moment(const PanelContext& context, const LessonPlayer& lessons);
  static bool has_formulas(const LessonPlayer& lessons);
  void draw_head(PanelContext& context, const LessonPlayer& lessons) const;
  void draw_line(PanelContext& context);
  void draw_notes_panel() const;

 private:
  int minutes() const;
  bool is_new_minute() const;
  Notes notes_of(const PanelContext& context, const LessonPlayer& lessons) const;
  void answer_keys(PanelContext& context);

  StageTools tools_;
  bool on_ = false, notes_panel_ = false;
  double began_s_ = 0;
  Notes notes_;
  const void* page_ = nullptr;  // of the lesson; the pen's strokes belong to it
  std::unique_ptr<SecondWindow> notes_window_;
  bool notes_shown_ = false;  // in that window, as they are
  paint::ThemeId shown_theme_ = paint::ThemeId::light;
  SeekByPointer seek_;  // on the line of steps
};

}  // namespace iem::gui
