// A lesson in the window: which page is open, the guess on it, and the run under it.
//
// Pages are played on a worker (core/lesson/play_lesson.h); the engine then shows the state of a page as a
// visit, which leaves the user's own runs where they are (Engine::visit). The window is drawn from
// PanelContext::reduced, which this sets.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/context/panel_context.h"
#include "app/gui/lessons/kept_lessons.h"
#include "app/gui/lessons/task_watch.h"
#include "app/gui/platform/job.h"
#include "core/lesson/play_lesson.h"

namespace iem::gui {

class LessonPlayer {
 public:
  // A page with its words filled in, as a worker makes it.
  struct Played {
    std::shared_ptr<const PageState> state;
    std::string body, reveal, ask, notes;
    std::vector<std::string> choices;
    std::optional<Truth> truth;
    // The run on arrival with its steps up to the reveal known, where the question covers them.
    std::optional<Run> foreseen;
  };
  // Throws InputError where the page does not hold, and EvaluationStopped.
  static Played play(const Lesson& lesson, std::size_t page, const std::shared_ptr<const PageState>& before,
                     const LessonStopped& stopped);

  ~LessonPlayer() {
    stop();
    keep();
  }
  // Keeps what is done in a folder from now on, and knows what was kept there.
  void keep_in(const std::string& folder) { kept_ = KeptLessons(folder), left_ = kept_.open(); }
  // The lesson that was open when the program last closed, or when something else was opened, until one is
  // opened here; empty: none.
  const std::string& left() const { return left_; }
  void forget_left() { left_.clear(), kept_.set_open({}); }

  // Opens a lesson at a page; one that was left goes on where it was unless `page` is given.
  void begin(Lesson lesson, std::optional<std::size_t> page = std::nullopt);
  // Puts another text in place of the open lesson, at the page that was played. Guesses stay where it still
  // asks the same. A page that begins as the one on screen leaves the run as it is, so that words can be
  // written beside it; what it says of the view is shown.
  void reload(PanelContext& context, std::shared_ptr<const Lesson> lesson, Played played);
  // Brings back the run that was there.
  void leave(PanelContext& context);
  // The same for something else that is opened: it is left() then, so that one can go on with it.
  void leave_for_other(PanelContext& context);
  // The same behind the last page: it begins anew when it is opened again.
  void finish(PanelContext& context);
  bool is_open() const { return lesson_ != nullptr; }

  // Takes finished pages, follows the run; once a frame, before anything is drawn.
  void follow(PanelContext& context);
  bool working() const { return job_.running() || task_.working() || playing_to_ >= 0; }
  bool turns() const { return job_.running(); }  // another page is on its way

  // --- what is open ---
  const Lesson& lesson() const { return *lesson_; }
  std::size_t index() const { return page_; }
  const LessonPage& page() const { return lesson_->pages[page_]; }
  // With their numbers filled in; placeholders until the page is played.
  const std::string& body() const { return body_; }
  const std::string& reveal_words() const { return reveal_; }
  const std::string& ask() const { return ask_; }
  const std::string& notes_words() const { return notes_; }
  const std::vector<std::string>& choices() const { return choices_; }

  void next(PanelContext& context);  // reveals first where a question is open
  void back();
  void go(std::size_t page);
  void hasten(double factor) { haste_ = factor; }  // motion between moments, for tests
  bool has_next() const { return asks() || page_ + 1 < lesson_->pages.size(); }

  // --- the question ---
  bool asks() const {
    return page_is_there() && page().question && !revealed_;
  }  // open: the answer is covered
  bool revealed() const { return revealed_; }
  const std::optional<Guess>& guess() const { return guess_; }
  void set_guess(std::optional<Guess> guess);
  // Plays the steps after the guess and lifts the covers.
  void reveal(PanelContext& context);
  const Truth* truth() const { return truth_ && revealed_ && playing_to_ < 0 ? &*truth_ : nullptr; }
  // Guesses of other attempts at this page, the oldest first: no secret once the truth is shown.
  std::vector<Guess> earlier() const;
  const Truth* place() const { return truth_ ? &*truth_ : nullptr; }  // from_x, from_y are no secret

  // --- the task ---
  bool task_done() const { return task_.is_done(); }

  // What was done so far, as a session keeps it.
  LessonRecord record() const;

 private:
  // How far somebody came in a lesson of this window.
  struct Visited {
    std::size_t page = 0;
    std::map<std::size_t, Guess> guesses;
    std::map<std::size_t, std::vector<Guess>> revealed;  // by page, with the last one
    std::map<std::size_t, std::string> tasks;            // that are done: the state string of the run
    std::string asked;  // all that the lesson asks; where that has changed, the answers are to something else
  };

  Visited& visit();
  bool page_is_there() const { return is_open() && state_ != nullptr && state_->page == page_; }
  void stop();
  void turn_to(std::size_t page);
  Visited kept_of(const Lesson& lesson) const;
  void keep();
  void begin_page();
  void take_page(PanelContext& context);
  void take(Played played);
  void show(PanelContext& context, Played played);
  static std::optional<Run> foreseen(const PageState& state, const LessonPage& page);
  void play_to(PanelContext& context, std::int64_t step, double speed);
  void follow_run(PanelContext& context);

  std::shared_ptr<const Lesson> lesson_;
  std::size_t page_ = 0;
  std::shared_ptr<const PageState> state_;
  std::string body_, reveal_, ask_, notes_;
  std::vector<std::string> choices_;
  std::optional<Truth> truth_;
  std::optional<Guess> guess_;
  bool revealed_ = false;
  std::int64_t playing_to_ = -1;  // the step at which the motion between two moments ends; -1: it stands
  double haste_ = 1;
  bool seen_playing_ = false;  // since then
  TaskWatch task_;
  std::map<std::string, Visited> visited_;  // by lesson
  KeptLessons kept_;
  std::string left_;
  bool unkept_ = false;  // something was done since the last keep()
  std::shared_ptr<std::atomic<bool>> stopped_;
  Job<Played> job_;
};

}  // namespace iem::gui
