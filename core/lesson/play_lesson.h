// The states of a lesson's pages, without a window: the same bits every time.
//
// A page begins with the run of its scene at its step, or goes on with the run of the page before, as that
// was after its own question. Then its edits are made, and its `play` steps are taken. Its words are about
// the state reached there. After a guess, `then` steps more are taken; the words of the reveal are about that
// state.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/expression/evaluator.h"
#include "core/lesson/elements.h"
#include "core/lesson/lesson.h"
#include "core/run/run.h"

namespace iem {

// What of the window is there on a page. `show`, `controls` and `lock` that a page does not say are those of
// the page before where its run goes on, and those of its scene ([view] show, controls, lock) where it has
// one.
struct Arrangement {
  bool shows_all = true;                // else `show` alone is there
  std::vector<WindowElement> show;      // panels and figures
  bool has_all_controls = true;         // else `controls` alone can be changed
  std::vector<WindowElement> controls;  // keys, elements, and the panels stage and step
  bool lock = false;                    // nothing but `controls` reacts; where none are named, nothing at all
  std::vector<WindowElement> highlight;
  std::vector<WindowElement> cover;    // until the guess is made; empty without a question
  std::vector<WindowElement> covered;  // by it: all that would tell the same (covers.h)
};

// Whether an arrangement covers this while the question is open, and whether it covers what shows on a stage
// where the next step leads.
bool covers(const Arrangement& arrangement, WindowElement::Kind kind, std::string_view name);
bool covers_next_step(const Arrangement& arrangement);

// What a run's scene says ([view] show, controls, lock); what it does not say is all there.
Arrangement arrangement_of(const Snapshot& snapshot);

struct PageState {
  std::size_t page = 0;
  Run arrived;   // with the page's edits, before its `play` steps
  Run run;       // the state that the page is about
  Run revealed;  // after `then` steps of its question; the same as `run` without one
  Arrangement arrangement;
};

using LessonStopped = std::function<bool()>;  // asked at every step; true: EvaluationStopped is thrown

// Plays up to a page: from the nearest page before it that has a scene, or from `before` where that is the
// page before. Throws InputError with the place in the lesson: a scene, key or element that does not exist, a
// value that does not fit, a step that is not reached. Where `unknown` is given, names of
// elements that do not exist are collected there instead.
PageState play_page(const Lesson& lesson, std::size_t page, const std::shared_ptr<ThreadPool>& pool,
                    const PageState* before = nullptr, const LessonStopped& stopped = nullptr,
                    std::vector<InputError>* unknown = nullptr);

// Plays all pages in order.
void for_each_page(const Lesson& lesson, const std::shared_ptr<ThreadPool>& pool,
                   const LessonStopped& stopped, const std::function<void(const PageState&)>& visit);

// The curve that a figure is about, the one that bears its id, else its first, and its panel; null where
// there is none.
struct MainCurve {
  const Panel* panel = nullptr;
  const Line* line = nullptr;
};
MainCurve main_curve(const Figure& figure);

// What a question's answer is.
struct Truth {
  double x = 0, y = 0;                   // where: the place after `then` steps, in axis units of the stage
  double from_x = 0, from_y = 0;         // where: the place before
  double number = 0;                     // number, after `then` steps
  std::size_t choice = 0;                // choice
  std::vector<double> curve_x, curve_y;  // sketch, after `then` steps
};
// Throws InputError, at the question's place, where there is none: an element that the stage does not show, a
// figure without a curve, an expression without a finite value.
Truth truth_of(const Question& question, const PageState& state);

// What somebody answered.
struct Guess {
  double x = 0, y = 0, number = 0;
  std::size_t choice = 0;
  std::vector<double> curve_x, curve_y;  // at increasing x
};
// How far a guess is from the truth, in the units of what was asked: a distance on the stage, the size of a
// difference, 0 or 1 for a choice, and for a sketch the mean distance along y where both are (nan: nowhere).
double gap_of(const Question& question, const Guess& guess, const Truth& truth);

// Whether the task's condition holds of a live run. Throws InputError where it has no value, and
// EvaluationStopped. Takes long where the condition makes other runs (makes_runs).
bool is_done(const LessonTask& task, const Run& live, const LessonStopped& stopped = nullptr);
// The run after what the task's `by` says: its edits, then its steps.
Run done_by(const LessonTask& task, const Run& run, const LessonStopped& stopped = nullptr);

// A curve at some x, between its points by straight lines; nan outside of it.
double curve_at(const std::vector<double>& curve_x, const std::vector<double>& curve_y, double x);

}  // namespace iem
