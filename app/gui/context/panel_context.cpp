#include "app/gui/context/panel_context.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <utility>

#include "app/export/type.h"
#include "app/gui/look/lesson_text.h"
#include "app/gui/look/text.h"
#include "core/atlas/atlas.h"
#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/labs/kit/figure_parts.h"
#include "core/labs/kit/lab.h"
#include "imgui.h"

namespace iem::gui {
namespace {

constexpr int kCoarsest = 6;            // levels of a figure that is made by levels; it may have fewer
constexpr double kLateMotion_s = 0.25;  // a motion that has not ended by then is not drawn any more

constexpr double kAnswerPatience_s = 0.5;  // after this an edit without an answer was refused

}  // namespace

PanelContext::PanelContext(Engine& engine, const Config& scene, const Dataset& data)
    : engine_(engine),
      snapshot_(engine.snapshot()),
      opening_(snapshot_->opening),
      scene_(scene),
      view_(initial_view(scene, data)),
      atlases_(std::make_shared<AtlasShelf>()) {
  view_.atlases = atlases_;
}

void PanelContext::begin_frame() {
  pointed_.begin_frame();
  replaced_.clear();
  std::shared_ptr<const Snapshot> latest = engine_.snapshot();
  if (latest->opening != opening_) turn_to(*latest);
  const std::shared_ptr<const Snapshot> before = std::exchange(snapshot_, std::move(latest));
  follow_pin(*before);
  // A slow figure that nobody looks at any more is taken too, or the window would wait for it for ever.
  for (auto& [id, job] : slow_) {
    if (!job.ready()) continue;
    Outcome<Kept> made = job.take();
    const auto type = std::ranges::find(lab().figures(), id, &FigureType::id);
    if (!made.value && type != lab().figures().end())
      figures_[id] = {std::make_shared<Figure>(sentence_figure(*type, made.error)), snapshot_, view_.revision,
                      opened_, view_.config};
    else if (made.value && made.value->opened == opened_ &&
             !made.value->given_up)  // nor of a scene that was left
      figures_[id] = std::move(*made.value);
  }
  // Of a stage that is no longer drawn the marks are where they were going: nobody waits for them.
  if (motion_.moves() && ImGui::GetTime() > moved_at_ + moves_s_ + kLateMotion_s) {
    motion_.set(1);
    motion_ = {};
    moved_from_.clear();
  }
  say_notes();
  say_letters();
  for (std::string& message : engine_.take_notices()) {
    notices_.say(std::move(message), Notices::Tone::warn);
    asked_.clear();
  }
  if (!snapshot_->finished.empty() && snapshot_->finished != last_finished_)
    notices_.say("Paused: " + snapshot_->finished, Notices::Tone::quiet);
  last_finished_ = snapshot_->finished;
  forget_answered();
}

// The pin belongs to a point and not to an index: where points are added or removed it stays with its point,
// and it returns if the point does.
void PanelContext::follow_pin(const Snapshot& before) {
  const Dataset &was = before.data(), &is = snapshot_->data();
  if (&was == &is || was.hash == is.hash || before.opening != snapshot_->opening) return;
  if (was.dimension() != is.dimension()) return;
  const int pinned = view_.pinned_point(before);
  if (pinned >= 0) lost_pin_ = was.points.row(pinned);
  if (!lost_pin_ || lost_pin_->size() != is.dimension()) return;
  for (Eigen::Index i = 0; i < is.size(); ++i) {
    if (is.points.row(i) != *lost_pin_) continue;
    if (i != pinned) view_.pin_point(static_cast<int>(i));
    return lost_pin_.reset();
  }
  if (pinned < 0) return;
  if (is.size() < was.size())
    view_.pin_point(-1);  // it was taken away
  else
    lost_pin_.reset();  // other points
}

// Shows the notes about the points of a newly shown run.
void PanelContext::say_notes() {
  const std::vector<std::string>& notes = snapshot_->data().notes;
  if (notes == noted_) return;
  noted_ = notes;
  for (const std::string& note : notes) notices_.say(note, Notices::Tone::warn);
}

// Shows a notice about letters in names that the fonts do not have.
void PanelContext::say_letters() {
  const std::vector<std::string>& names = snapshot_->data().names;
  if (names == named_) return;
  named_ = names;
  const auto unreadable = [](const std::string& name) {
    return !paint::missing_letters(one_line(name), false).empty();
  };
  if (std::ranges::any_of(names, unreadable))
    notices_.say(std::string(text::kNoLetters), Notices::Tone::warn);
}

// Turns to another run: a new one gets the view of its scene, one that was left before gets the view it had
// then.
void PanelContext::turn_to(const Snapshot& snapshot) {
  const std::uint64_t revision = view_.revision + 1;
  left_.insert_or_assign(opening_, Shown{scene_, view_});
  opening_ = snapshot.opening;
  const auto known = left_.find(opening_);
  came_back_ = known != left_.end();
  if (came_back_) {
    scene_ = known->second.scene;
    view_ = known->second.view;
    view_.hovered = {};
    view_.shaped = -1;
    view_.painting = false;
  } else {
    const Setup& setup = *opening_->setup;
    scene_ = setup.config();
    view_ = initial_view(scene_, *setup.data);
  }
  view_.only_stage = false;
  view_.revision = revision;
  view_.atlases = atlases_;
  asked_.clear();
  motion_ = {};
  moved_from_.clear();
  figures_.clear();
  phases_ = {};
  ++opened_;
  // Views of openings that no one else holds are dropped, since these runs cannot return.
  std::erase_if(left_, [](const auto& entry) { return entry.first.use_count() == 1; });
}

// Stops what is being made of a state or a view that is no longer shown, unless it is the coarse picture of a
// figure that is made by levels: of a run that plays that much is always seen, if it does not take long.
void PanelContext::stop_late(const std::string& id) {
  constexpr double kPatience_s = 0.5;
  const auto found = making_.find(id);
  if (found == making_.end() || !found->second) return;
  const Making& making = *found->second;
  const bool late = making.snapshot != snapshot_ || !(making.view == view_.config);
  const bool seen = making.coarser < kCoarsest || ImGui::GetTime() - making.since > kPatience_s;
  if (making.opened != opened_ || (late && seen)) *making.stopped = true;
}

// The thread holds copies of the snapshot and of the view. A slow figure depends on the view's keys alone,
// not on where the pointer is.
std::function<Figure()> PanelContext::maker_of(const FigureType& type, int coarser,
                                               std::function<bool()> goes_on) const {
  ViewState view = view_;
  if (type.needs.slow) {
    view = {.config = view_.config, .pinned = {}, .hovered = {}};
    view.atlases = atlases_;
  }
  return [type, snapshot = snapshot_, view = std::move(view), reduced = reduced_, coarser,
          goes_on = std::move(goes_on)] {
    View seen = view.view();
    seen.coarser = coarser;
    if (goes_on) seen.goes_on = goes_on;
    return reduced.without_covered(lab_of(*snapshot->setup).figure(type.id, *snapshot, seen), type,
                                   snapshot->state.step);
  };
}

// One that is made by levels is made again, finer, as long as nothing changes.
void PanelContext::make_slowly(const FigureType& type, Kept& kept) {
  Job<Kept>& job = slow_[type.id];
  if (!kept.snapshot) put(kept, sentence_figure(type, std::string(text::kBeingMade)));
  const bool same_view = kept.view && *kept.view == view_.config && kept.reduced == reductions_;
  const bool fresh = kept.snapshot != snapshot_ || (kept.view_revision != view_.revision && !same_view);
  if (job.running()) return stop_late(type.id);
  if (!fresh) kept.view_revision = view_.revision;
  if (!fresh && kept.coarser == 0) return;
  const int coarser = !type.needs.by_levels ? 0 : fresh ? kCoarsest : kept.coarser - 1;
  auto stopped = std::make_shared<std::atomic<bool>>(false);
  making_[type.id].reset(new Making{snapshot_, view_.config, opened_, coarser, ImGui::GetTime(), stopped});
  job.start([make = maker_of(type, coarser, [stopped] { return !*stopped; }), type, snapshot = snapshot_,
             revision = view_.revision, view = view_.config, opened = opened_, reductions = reductions_,
             coarser, stopped] {
    Kept made{std::make_shared<Figure>(), snapshot, revision, opened, view, reductions, coarser};
    try {
      *made.figure = make();
    } catch (const std::exception& error) {
      *made.figure = sentence_figure(type, error.what());
    }
    made.given_up = *stopped;
    return made;
  });
}

bool PanelContext::working() const {
  return std::ranges::any_of(slow_, [](const auto& entry) { return entry.second.running(); });
}

// Without what a lesson covers: nobody who asks for a figure can tell it.
Figure PanelContext::shown_figure(const FigureType& type) const {
  return reduced_.without_covered(lab().figure(type.id, *snapshot_, view_.view()), type,
                                  snapshot_->state.step);
}

// What draws one figure may change the view and ask for it again before it has done with the one it has.
void PanelContext::put(Kept& kept, Figure figure) {
  replaced_.push_back(std::exchange(kept.figure, std::make_shared<Figure>(std::move(figure))));
}

const Figure& PanelContext::figure(const std::string& id) {
  Kept& kept = figures_[id];
  const std::vector<FigureType>& types = lab().figures();
  const auto type = std::ranges::find(types, id, &FigureType::id);
  if (type != types.end() && type->needs.slow) {
    make_slowly(*type, kept);
    return *kept.figure;
  }
  const bool is_stage = type != types.end() && type->use == FigureUse::stage;
  if (is_stage && kept.phase != view_.phase && !(std::isnan(kept.phase) && std::isnan(view_.phase)))
    kept.snapshot = nullptr;  // only the stage shows what lies between two phases
  if (kept.snapshot != snapshot_ || kept.view_revision != view_.revision) {
    if (is_stage)
      make_stage(*type, kept);
    else
      put(kept, type != types.end() ? shown_figure(*type) : lab().figure(id, *snapshot_, view_.view()));
    kept.snapshot = snapshot_;
    kept.view_revision = view_.revision;
    kept.phase = view_.phase;
  }
  if (is_stage) move_stage();
  return *kept.figure;
}

// A step of a run that plays at walking pace is a movement from what is seen now. The figure is made again
// when something else changes meanwhile; what it came from and the time stay.
void PanelContext::make_stage(const FigureType& type, Kept& kept) {
  constexpr double kWalkingPace = 4, kPart = 0.85, kLongest_s = 1;
  const std::int64_t step = snapshot_->state.step;
  const bool stepped = kept.of_opening == opened_ && kept.step + 1 == step;
  if (stepped && snapshot_->playing && pace <= kWalkingPace && pace > 0 && !held) {
    moved_from_ = places_of(*kept.figure);
    moved_at_ = ImGui::GetTime();
    moves_s_ = std::min(kPart / pace, kLongest_s);
  } else if (kept.of_opening != opened_ || kept.step != step || held) {
    moved_from_.clear();
  }
  motion_ = {};
  put(kept, shown_figure(type));
  kept.step = step;
  kept.of_opening = opened_;
  if (!moved_from_.empty()) motion_ = FigureMotion(moved_from_, *kept.figure);
}

void PanelContext::move_stage() {
  if (!motion_.moves()) return;
  const double part = held ? 1 : (ImGui::GetTime() - moved_at_) / moves_s_;
  const double eased = std::clamp(part, 0.0, 1.0);
  motion_.set(eased * eased * (3 - 2 * eased));
  if (part < 1) return;
  motion_.set(1);
  motion_ = {};
  moved_from_.clear();
}

const Figure& PanelContext::stage() {
  const FigureType* type = lab().figure_for(FigureUse::stage);
  IEM_CHECK(type != nullptr);
  return figure(type->id);
}

bool PanelContext::stage_is_in_the_middle() const {
  const FigureType* type = lab().figure_for(FigureUse::stage);
  return type && (view_.painting || view_.config.text("view.centre") == type->id);
}

std::string_view PanelContext::locked() const {
  return reduced_.locked() ? text::lesson::kLocked : std::string_view();
}

const std::vector<Phase>& PanelContext::phases() {
  if (phases_.made && phases_.serial == snapshot_->serial && phases_.view_revision == view_.revision)
    return phases_.phases;
  const int point = view_.shown_point(*snapshot_);
  phases_ = {lab().phases(*snapshot_, std::max(point, 0)), snapshot_->serial, view_.revision, true};
  if (point < 0)
    for (Phase& phase : phases_.phases) phase.values.clear();
  return phases_.phases;
}

const std::vector<TrackMark>& PanelContext::track_marks() {
  if (marks_of_ != snapshot_->serial) track_marks_ = lab().track_marks(*snapshot_);
  marks_of_ = snapshot_->serial;
  return track_marks_;
}

std::vector<double> PanelContext::responsibilities() {
  for (const Phase& phase : phases())
    if (phase.is_share) return phase.values;
  return {};
}

bool PanelContext::in_view(const std::string& key) const {
  const Parameter* parameter = view_.config.table().find(key);
  return parameter != nullptr && parameter->effect == Effect::view;
}

const Value* PanelContext::live(const std::string& key) const {
  const Parameter* parameter = snapshot_->config().table().find(key);
  if (parameter == nullptr || parameter->state.empty()) return nullptr;
  if (live_of_ != snapshot_) {
    live_.clear();
    live_of_ = snapshot_;
    for (const NamedTensor& block : snapshot_->model().natural(snapshot_->state.theta)) {
      const bool number = block.tensor.shape.empty() && block.tensor.data.size() == 1;
      live_[block.name] = number ? Value(block.tensor.data[0]) : Value(block.tensor);
    }
  }
  const auto found = live_.find(parameter->state);
  const bool same_kind = found != live_.end() && found->second.index() == parameter->default_value.index();
  return same_kind ? &found->second : nullptr;
}

const Value& PanelContext::value(const std::string& key) const {
  if (!in_view(key) && !asked_.contains(key))
    if (const Value* now = live(key)) return *now;
  return set_value(key);
}

const Value& PanelContext::set_value(const std::string& key) const {
  if (in_view(key)) return view_.config.value(key);
  const auto asked = asked_.find(key);
  return asked != asked_.end() ? asked->second.value : snapshot_->config().value(key);
}

Config PanelContext::shown_config() const {
  Config config = snapshot_->config();
  for (const auto& [key, asked] : asked_) {
    try {
      config.set(key, asked.value);
    } catch (const InputError&) {
      continue;  // the engine will say so
    }
  }
  for (const Parameter& parameter : config.table().all())
    if (parameter.effect == Effect::view) config.set(parameter.key, view_.config.value(parameter.key));
  return config;
}

const Value& PanelContext::scene_value(const std::string& key) const { return scene_.value(key); }

void PanelContext::set(const std::string& key, Value value, std::uint64_t gesture) {
  // What one looks at, not how it is computed, may be moved under a lock.
  if (!in_view(key) && !reduced_.reacts(key)) return notices_.say(std::string(text::lesson::kLocked));
  try {
    if (in_view(key)) {
      view_.config.set(key, std::move(value));
      return view_.touch();
    }
    // As its parameter holds it: rows read what was asked for before the engine answers.
    Config wanted = snapshot_->config();
    wanted.set(key, std::move(value));
    asked_[key] = {wanted.value(key), ImGui::GetTime() + kAnswerPatience_s};
    engine_.apply({key, wanted.value(key)}, gesture, gesture != 0 ? opening_ : nullptr);
  } catch (const InputError& error) {
    notices_.say(error.message(), Notices::Tone::warn);
  }
}

void PanelContext::apply(Edit edit, std::uint64_t gesture) {
  // What is dragged under a lock may be (StageDrag): its edits are those of the element, not of a setting.
  if (edit.is_state() || (reduced_.locked() && !in_view(edit.key)))
    engine_.apply(std::move(edit), gesture, opening_);
  else
    set(edit.key, std::move(edit.value), gesture);
}

void PanelContext::forget_answered() {
  const double now = ImGui::GetTime();
  std::erase_if(asked_, [&](const auto& entry) {
    return now > entry.second.until || snapshot_->config().value(entry.first) == entry.second.value;
  });
}

}  // namespace iem::gui
