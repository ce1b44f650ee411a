#include "core/lesson/play_lesson.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

#include "core/base/at_place.h"
#include "core/base/utf8.h"
#include "core/config/idle_keys.h"
#include "core/expression/functions.h"
#include "core/lesson/covers.h"
#include "core/run/fault.h"
#include "core/session/scene_file.h"
#include "core/session/session.h"

namespace iem {
namespace {

void step_to(Run& run, std::int64_t step, const SourcePosition& at, const LessonStopped& stopped) {
  if (step < run.state().step) run.seek(step);
  while (run.state().step < step) {
    if (stopped && stopped()) throw EvaluationStopped();
    if (run.step() != StepResult::non_finite) continue;
    throw InputError("step " + std::to_string(step) + " is not reached: the run is not finite behind step " +
                         std::to_string(run.state().step),
                     at);
  }
}

void make_edits(Run& run, const std::vector<LessonSetting>& set) {
  for (const LessonSetting& setting : set)
    at_place(setting.at, "", [&] {
      const Parameter* key = run.setup().config().table().find(setting.key);
      if (key != nullptr && key->effect == Effect::start && key->state.empty())
        throw InputError(setting.key + ": takes effect at a start only, not in a run that goes on");
      run.apply({setting.key, setting.value});
    });
  for (const LessonSetting& setting : set)
    if (run.setup().config().table().find(setting.key) != nullptr)
      at_place(setting.at, "", [&] { refuse_idle(run.setup().config(), setting.key); });
}

bool is_of_start(const Config& config, const LessonSetting& setting) {
  const Parameter* key = config.table().find(setting.key);
  return key != nullptr && key->effect == Effect::start && key->state.empty();
}

// The run of a page that names a scene, at its step, with its edits. Settings of a start are made before it.
Run begun(const Lesson& lesson, const Moment& moment, const std::shared_ptr<ThreadPool>& pool,
          const LessonStopped& stopped) {
  const std::string path = scene_beside(lesson.file, moment.scene->name);
  std::vector<LessonSetting> edits = moment.set;
  std::optional<Run> run;
  at_place(moment.scene->at, "scene: ", [&] {
    if (is_replay(path)) {
      LoadedSession session =
          load_replay(path, pool, [&](std::int64_t, std::int64_t) { return !(stopped && stopped()); });
      if (session.stopped) throw EvaluationStopped();
      if (!session.parted.empty()) throw InputError(session.parted);
      run.emplace(std::move(session.run));
      return;
    }
    Scene scene = load_scene(path);
    std::erase_if(edits, [&](const LessonSetting& setting) {
      if (!is_of_start(scene.config, setting)) return false;
      scene.config.set(setting.key, setting.value, setting.at);
      return true;
    });
    run.emplace(std::move(scene), pool);
  });
  if (moment.step || !is_replay(path)) step_to(*run, moment.step.value_or(0), moment.step_at, stopped);
  make_edits(*run, edits);
  return std::move(*run);
}

std::vector<WindowElement> elements_of(const std::vector<LessonName>& names, NamedIn where,
                                       const Snapshot& snapshot, std::vector<InputError>* unknown = nullptr) {
  std::vector<WindowElement> out;
  for (const LessonName& name : names) try {
      out.push_back(element_named(name.name, where, snapshot));
    } catch (const InputError& error) {
      const InputError placed(error.message(), name.at);
      if (unknown == nullptr) throw placed;
      unknown->push_back(placed);
    }
  return out;
}

Arrangement arranged(const LessonPage& page, Arrangement out, const Run& run,
                     std::vector<InputError>* unknown) {
  const Moment& moment = page.moment;
  out.highlight.clear(), out.cover.clear(), out.covered.clear();
  const bool names = moment.show || moment.controls || moment.highlight || page.question;
  if (moment.lock) out.lock = *moment.lock;
  if (!names) return out;
  const std::shared_ptr<const Snapshot> snapshot = take_snapshot(run);
  const auto named = [&](const auto& list, NamedIn where) {
    return elements_of(*list, where, *snapshot, unknown);
  };
  if (moment.show) out.shows_all = false, out.show = named(moment.show, NamedIn::show);
  if (moment.controls) out.has_all_controls = false, out.controls = named(moment.controls, NamedIn::controls);
  if (moment.highlight) out.highlight = named(moment.highlight, NamedIn::highlight);
  if (page.question)
    out.cover = moment.cover ? named(moment.cover, NamedIn::cover) : default_cover(*page.question, *snapshot);
  out.covered = all_covered(out.cover, *snapshot);
  return out;
}

PageState played(const Lesson& lesson, std::size_t index, const PageState* before,
                 const std::shared_ptr<ThreadPool>& pool, const LessonStopped& stopped,
                 std::vector<InputError>* unknown) {
  const LessonPage& page = lesson.pages[index];
  const Moment& moment = page.moment;
  const auto start = [&] {
    if (moment.scene) return begun(lesson, moment, pool, stopped);
    Run run = before->revealed;
    if (moment.step) step_to(run, *moment.step, moment.step_at, stopped);
    make_edits(run, moment.set);
    return run;
  };
  Run arrived = start();
  Run run = arrived;
  step_to(run, run.state().step + moment.play, moment.at, stopped);
  Run revealed = run;
  if (page.question) step_to(revealed, run.state().step + page.question->then, page.question->at, stopped);
  Arrangement arrangement = arranged(
      page, moment.scene ? arrangement_of(*take_snapshot(arrived)) : before->arrangement, run, unknown);
  return {index, std::move(arrived), std::move(run), std::move(revealed), std::move(arrangement)};
}

void take_curve(const Question& question, const Run& run, Truth& truth) {
  const std::shared_ptr<const Snapshot> snapshot = take_snapshot(run);
  const std::string id = element_named(question.subject.name, NamedIn::show, *snapshot).name;
  const Lab& lab = lab_of(*snapshot->setup);
  if (std::ranges::find(lab.figures(), id, &FigureType::id) == lab.figures().end())
    throw InputError("\"" + printable(id) + "\" is no figure that could be sketched");
  const Figure figure = lab.figure(id, *snapshot, {snapshot->config(), {}, {}});
  const Line* curve = main_curve(figure).line;
  if (curve == nullptr) throw InputError("the figure " + id + " has no curve");
  for (std::size_t i = 0; i < curve->x.size(); ++i)
    if (std::isfinite(curve->x[i]) && std::isfinite(curve->y[i]))
      truth.curve_x.push_back(curve->x[i]), truth.curve_y.push_back(curve->y[i]);
  if (truth.curve_x.size() < 2 || !std::ranges::is_sorted(truth.curve_x))
    throw InputError("the figure " + id + " has no curve from left to right");
}

double number_of(const Expression& expression, const Run& run) {
  const Tensor value = Evaluator(run).value(expression);
  if (!is_scalar(value)) throw InputError("it is no single number");
  if (!std::isfinite(value.data[0])) throw InputError("it has no finite value here");
  return value.data[0];
}

}  // namespace

MainCurve main_curve(const Figure& figure) {
  MainCurve first;
  for (const Panel& panel : figure.panels)
    for (const Mark& mark : panel.marks) {
      const auto* line = std::get_if<Line>(&mark);
      if (line != nullptr && line->series == figure.id) return {&panel, line};
      if (first.line == nullptr && line != nullptr) first = {&panel, line};
    }
  return first;
}

bool covers(const Arrangement& arrangement, WindowElement::Kind kind, std::string_view name) {
  return has_element(arrangement.covered, kind, name);
}

bool covers_next_step(const Arrangement& arrangement) {
  return covers(arrangement, WindowElement::Kind::part, "arrows") ||
         covers(arrangement, WindowElement::Kind::part, "pulls");
}

Arrangement arrangement_of(const Snapshot& snapshot) {
  const Config& config = snapshot.config();
  Arrangement out;
  if (config.table().find("view.lock") == nullptr) return out;  // a lab with keys of its own only
  out.lock = config.flag("view.lock");
  if (!config.is_set("view.show") && !config.is_set("view.controls")) return out;
  const auto named = [&](const char* key, NamedIn where) {
    std::vector<LessonName> names;
    for (const std::string& name : config.list(key)) names.push_back({name, config.position(key)});
    return elements_of(names, where, snapshot);
  };
  if (config.is_set("view.show")) out.shows_all = false, out.show = named("view.show", NamedIn::show);
  if (config.is_set("view.controls"))
    out.has_all_controls = false, out.controls = named("view.controls", NamedIn::controls);
  return out;
}

PageState play_page(const Lesson& lesson, std::size_t page, const std::shared_ptr<ThreadPool>& pool,
                    const PageState* before, const LessonStopped& stopped, std::vector<InputError>* unknown) {
  if (lesson.pages[page].moment.scene) return played(lesson, page, nullptr, pool, stopped, unknown);
  if (before != nullptr && before->page + 1 == page)
    return played(lesson, page, before, pool, stopped, unknown);
  std::size_t first = page;
  while (!lesson.pages[first].moment.scene) --first;  // the first page has one
  PageState state = played(lesson, first, nullptr, pool, stopped, unknown);
  for (std::size_t next = first + 1; next <= page; ++next)
    state = played(lesson, next, &state, pool, stopped, unknown);
  return state;
}

void for_each_page(const Lesson& lesson, const std::shared_ptr<ThreadPool>& pool,
                   const LessonStopped& stopped, const std::function<void(const PageState&)>& visit) {
  std::optional<PageState> state;
  for (std::size_t page = 0; page < lesson.pages.size(); ++page) {
    state = play_page(lesson, page, pool, state ? &*state : nullptr, stopped);
    visit(*state);
  }
}

Truth truth_of(const Question& question, const PageState& state) {
  Truth out;
  out.choice = question.answer;
  const SourcePosition& at = question.kind == Question::Kind::choice ? question.at : question.subject.at;
  at_place(at, "", [&] {
    if (question.kind == Question::Kind::sketch) take_curve(question, state.revealed, out);
    if (question.kind == Question::Kind::number) out.number = number_of(question.number, state.revealed);
    if (question.kind != Question::Kind::where) return;
    const ElementId element = element_of_name(question.subject.name);
    if (element.kind == ElementId::Kind::none)
      throw InputError("\"" + printable(question.subject.name) + "\" is no element, such as prototype 2");
    std::tie(out.from_x, out.from_y) = place_on_stage(element, *take_snapshot(state.run));
    std::tie(out.x, out.y) = place_on_stage(element, *take_snapshot(state.revealed));
  });
  return out;
}

double curve_at(const std::vector<double>& curve_x, const std::vector<double>& curve_y, double x) {
  const auto right = std::ranges::lower_bound(curve_x, x);
  if (right == curve_x.end() || x < curve_x.front()) return std::nan("");
  const auto i = static_cast<std::size_t>(right - curve_x.begin());
  if (*right == x || i == 0) return curve_y[i];
  const double part = (x - curve_x[i - 1]) / (curve_x[i] - curve_x[i - 1]);
  return curve_y[i - 1] + part * (curve_y[i] - curve_y[i - 1]);
}

double gap_of(const Question& question, const Guess& guess, const Truth& truth) {
  switch (question.kind) {
    case Question::Kind::where:
      return std::sqrt((guess.x - truth.x) * (guess.x - truth.x) + (guess.y - truth.y) * (guess.y - truth.y));
    case Question::Kind::number: return std::abs(guess.number - truth.number);
    case Question::Kind::choice: return guess.choice == truth.choice ? 0 : 1;
    case Question::Kind::sketch: break;
  }
  double sum = 0;
  int count = 0;
  for (std::size_t i = 0; i < truth.curve_x.size(); ++i) {
    const double there = curve_at(guess.curve_x, guess.curve_y, truth.curve_x[i]);
    if (!std::isfinite(there)) continue;
    sum += std::abs(there - truth.curve_y[i]);
    ++count;
  }
  return count > 0 ? sum / count : std::nan("");
}

bool is_done(const LessonTask& task, const Run& live, const LessonStopped& stopped) {
  return holds(Evaluator(live, stopped).value(task.condition));
}

Run done_by(const LessonTask& task, const Run& run, const LessonStopped& stopped) {
  Run out = run;
  make_edits(out, task.set);
  step_to(out, out.state().step + task.steps, task.by_at, stopped);
  return out;
}

}  // namespace iem
