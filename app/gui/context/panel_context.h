// The context that every panel gets: the snapshot to read, the view, and the functions that change anything.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/gui/context/notices.h"
#include "app/gui/context/pointed.h"
#include "app/gui/context/reduced.h"
#include "app/gui/context/strokes.h"
#include "app/gui/context/view_state.h"
#include "app/gui/platform/job.h"
#include "core/figure/motion.h"
#include "core/labs/kit/lab.h"
#include "core/run/engine.h"
#include "core/session/lesson_record.h"

namespace iem::gui {

class Actions;
class FieldRenderer;
class KeyHand;
class LookFor;
class RunWork;
class StageHand;

class PanelContext {
 public:
  PanelContext(Engine& engine, const Config& scene, const Dataset& data);

  // Takes the engine's latest snapshot and messages; once a frame, before anything is drawn.
  void begin_frame();

  const Snapshot& snapshot() const { return *snapshot_; }
  const std::shared_ptr<const Snapshot>& shared_snapshot() const { return snapshot_; }
  const Lab& lab() const { return lab_of(*snapshot_->setup); }
  Engine& engine() const { return engine_; }
  ViewState& view() { return view_; }
  const ViewState& view() const { return view_; }
  Notices& notices() { return notices_; }
  Pointed& pointed() { return pointed_; }
  // What of the window is there, reacts and is covered.
  const Reduced& reduced() const { return reduced_; }
  void reduce(Reduced reduced) {
    reduced_ = std::move(reduced);
    ++reductions_;
    view_.touch();  // figures show other marks
  }
  // Why nothing changes the run but what a page names; empty: everything may.
  std::string_view locked() const;
  std::uint64_t opened() const { return opened_; }  // counts how often another run has been shown
  bool came_back() const { return came_back_; }     // whether the last one returned with its earlier view

  // The steps a second at which the run plays; at a slow pace the stage animates between steps.
  double pace = 0;
  bool walks = false;  // whether playing goes through the phases of every step
  bool held = false;   // whether something on the stage is being dragged, which then follows the pointer
  bool moving() const { return motion_.moves(); }
  bool presenting = false;  // the window is a presenter's: larger, the stage to its edges, without buttons
  Strokes strokes;          // what the presenter's pen has drawn over the stage

  // A figure of the present snapshot and view; made again only when one of them changed. One that is slow to
  // make (FigureType::needs.slow) comes when it is ready: until then the last one stands, or a sentence.
  const Figure& figure(const std::string& id);
  // Makes a figure of the present snapshot and view on any thread, for those that are slow to make and for
  // many at once; `coarser` and `goes_on` as in View. The marks are spans into the snapshot, which it holds.
  std::function<Figure()> maker_of(const FigureType& type, int coarser = 0,
                                   std::function<bool()> goes_on = nullptr) const;
  // The figure in the middle of the window; its lab must have one.
  const Figure& stage();
  // Whether it is what stands in the middle; in a lab that has one.
  bool stage_is_in_the_middle() const;
  bool working() const;  // whether a slow figure is on its way

  // The phases of one update with the numbers of the shown point (empty values when there is none).
  const std::vector<Phase>& phases();
  // The marks of theory on the sliders of settings at present.
  const std::vector<TrackMark>& track_marks();
  // r of the shown point, one a component; empty when there is none.
  std::vector<double> responsibilities();

  // --- settings ---

  // A key's value as the user sees it: a value just set counts already, so that a slider does not jump back
  // while the engine works.
  const Value& value(const std::string& key) const;
  const Value& set_value(
      const std::string& key) const;  // the value last set, even if the run has changed it since
  Config shown_config() const;        // all keys so
  const Value& scene_value(const std::string& key) const;  // its value in the scene
  const Config& scene() const { return scene_; }
  // Whether the user has changed the key; changes by learning do not count.
  bool is_changed(const std::string& key) const { return !(set_value(key) == scene_value(key)); }
  void set(const std::string& key, Value value, std::uint64_t gesture = 0);
  // The edit of a drag on a figure: a key, or a block of the running state.
  void apply(Edit edit, std::uint64_t gesture);
  void reset(const std::string& key) { set(key, scene_value(key)); }
  // A number that groups the edits of one drag into one undo step.
  std::uint64_t new_gesture() { return ++gesture_; }

  Actions* actions = nullptr;       // set by the app
  FieldRenderer* fields = nullptr;  // the same
  LookFor* look_for = nullptr;      // the same
  RunWork* run_work = nullptr;      // the same
  KeyHand* key_hand = nullptr;      // the same
  std::function<LessonRecord()>
      lesson_record;                // the same; what was done in the open lesson: saved with a session
  StageHand* stage_hand = nullptr;  // the same; takes the pointer on the stage while it wants it

 private:
  struct Asked {
    Value value;
    double until = 0;  // seconds; a refused edit is forgotten then
  };
  struct Kept {
    std::shared_ptr<Figure> figure = std::make_shared<Figure>();
    std::shared_ptr<const Snapshot> snapshot;  // marks are spans into it
    std::uint64_t view_revision = 0;
    std::uint64_t opened = 0;    // of a slow one: which scene it is of,
    std::optional<Config> view;  // and the view it was made for,
    std::uint64_t reduced = 0;   // and how often the window had been reduced
    int coarser = 0;             // View::coarser of it,
    bool given_up = false;       // and whether it was stopped half way
    std::int64_t step = -1;      // of the stage: what it shows, of which run,
    std::uint64_t of_opening = 0;
    double phase = std::numeric_limits<double>::quiet_NaN();  // of the stage: ViewState::phase
  };
  // A slow figure on its way; it is stopped when this goes.
  struct Making {
    std::shared_ptr<const Snapshot> snapshot;
    Config view;
    std::uint64_t opened;
    int coarser;
    double since;  // seconds
    std::shared_ptr<std::atomic<bool>> stopped;
    ~Making() { *stopped = true; }
  };
  void put(Kept& kept, Figure figure);
  void make_slowly(const FigureType& type, Kept& kept);
  void stop_late(const std::string& id);
  Figure shown_figure(const FigureType& type) const;
  void make_stage(const FigureType& type, Kept& kept);
  void move_stage();
  bool in_view(const std::string& key) const;
  // The present value of a block of the state whose start is this key; null where the key is no such start.
  const Value* live(const std::string& key) const;
  void forget_answered();
  void say_notes();
  void say_letters();
  void turn_to(const Snapshot& snapshot);
  void follow_pin(const Snapshot& before);

  Engine& engine_;
  std::shared_ptr<const Snapshot> snapshot_;
  std::shared_ptr<const Opening> opening_;  // of what is shown
  Config scene_;
  ViewState view_;
  struct Shown {
    Config scene;
    ViewState view;
  };
  std::map<std::shared_ptr<const Opening>, Shown> left_;
  bool came_back_ = false;
  Notices notices_;
  Pointed pointed_;
  Reduced reduced_;
  std::uint64_t reductions_ = 0;
  std::map<std::string, Asked> asked_;
  mutable std::map<std::string, Value> live_;  // of the snapshot `live_of_`
  mutable std::shared_ptr<const Snapshot> live_of_;
  std::map<std::string, Kept> figures_;
  std::vector<std::shared_ptr<const Figure>> replaced_;  // in this frame, in which they may still be drawn
  FigurePlaces moved_from_;                              // where the stage's marks were before the last step
  FigureMotion motion_;
  double moved_at_ = 0, moves_s_ = 0;  // when it began and how long it takes, in seconds
  std::map<std::string, Job<Kept>> slow_;
  std::map<std::string, std::unique_ptr<Making>> making_;  // ends before the jobs that it stops
  const std::shared_ptr<AtlasShelf> atlases_;
  struct KeptPhases {
    std::vector<Phase> phases;
    std::uint64_t serial = 0, view_revision = 0;
    bool made = false;
  } phases_;
  std::vector<TrackMark> track_marks_;  // of the snapshot `marks_of_`
  std::uint64_t marks_of_ = 0;
  std::string last_finished_;
  std::optional<Eigen::RowVectorXd> lost_pin_;  // where the pinned point was, while it is gone
  std::vector<std::string> noted_;              // of the points shown last
  std::vector<std::string> named_;              // their axes
  std::uint64_t gesture_ = 0, opened_ = 0;
};

}  // namespace iem::gui
