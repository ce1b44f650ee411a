#include "app/gui/lessons/lesson_player.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/lesson/grade_lesson.h"
#include "core/lesson/moment_of_run.h"
#include "core/lesson/text_parts.h"

namespace iem::gui {

namespace {

// What a page says of the view otherwise than it did is shown beside the run that stays. Figures that the
// page names stand in the column whatever it says.
void follow_view(PanelContext& context, const Run& before, const Run& now, bool shows_all) {
  const auto view_of = [](const Run& run) {
    return initial_view(run.setup().config(), *run.setup().data).config;
  };
  const Config from = view_of(before), to = view_of(now);
  Config& view = context.view().config;
  if (from == to || view.lab() != to.lab()) return;
  for (const Parameter& key : to.table().all()) {
    if (key.effect != Effect::view || from.value(key.key) == to.value(key.key)) continue;
    if (key.key == "view.plots" && !shows_all) continue;
    if (to.is_set(key.key))
      view.set(key.key, to.value(key.key));
    else
      view.reset(key.key);
  }
  context.view().touch();
}

std::string all_asked(const Lesson& lesson) {
  std::string out = std::to_string(lesson.pages.size());
  for (const LessonPage& page : lesson.pages) {
    out += "\n";
    if (page.question) out += words_of(*page.question) + " " + page.question->subject.name;
    if (page.question)
      for (const std::string& choice : page.question->choices) out += "\n" + choice;
    if (page.task) out += "\n" + page.task->state;
  }
  return out;
}

}  // namespace

// What was done in the open lesson, as far as it is still what that asks.
LessonPlayer::Visited& LessonPlayer::visit() {
  const auto known = visited_.find(lesson_->id);
  const bool is_new = known == visited_.end();
  Visited& out = is_new ? visited_[lesson_->id] = kept_of(*lesson_) : known->second;
  std::string asked = all_asked(*lesson_);
  if (!is_new && asked != out.asked)
    out = {.page = out.page, .guesses = {}, .revealed = {}, .tasks = {}, .asked = {}};
  out.asked = std::move(asked);
  return out;
}

void LessonPlayer::begin(Lesson lesson, std::optional<std::size_t> page) {
  lesson_ = std::make_shared<const Lesson>(std::move(lesson));
  state_ = nullptr;
  const Visited& visited = visit();
  left_.clear();
  kept_.set_open(lesson_->id);
  go(std::min(page.value_or(visited.page), lesson_->pages.size() - 1));
}

void LessonPlayer::leave(PanelContext& context) {
  if (!is_open()) return;
  stop();
  keep();
  kept_.set_open({});
  lesson_ = nullptr, state_ = nullptr;
  task_.leave();
  playing_to_ = -1;
  context.reduce({});
  context.engine().end_visit();
}

void LessonPlayer::leave_for_other(PanelContext& context) {
  if (is_open()) left_ = lesson_->id;
  leave(context);
}

void LessonPlayer::finish(PanelContext& context) {
  if (is_open()) visited_[lesson_->id].page = 0, unkept_ = true, page_ = 0;
  leave(context);
}

void LessonPlayer::stop() {
  if (stopped_) stopped_->store(true);
}

void LessonPlayer::go(std::size_t page) {
  if (!is_open() || page >= lesson_->pages.size()) return;
  turn_to(page);
  stop();
  if (!job_.running()) begin_page();  // else once the page before has given up
}

void LessonPlayer::turn_to(std::size_t page) {
  page_ = page;
  visited_[lesson_->id].page = page;
  unkept_ = true;
  revealed_ = false;
  truth_.reset(), guess_.reset();
  task_.turn_to(lesson_, page);
  const LessonPage& now = lesson_->pages[page];
  ask_ = now.question ? awaited_markdown(words_of(*now.question)) : std::string();
  choices_.clear();
  body_ = awaited_markdown(now.body.markdown);
  reveal_ = awaited_markdown(now.reveal.markdown);
  notes_ = awaited_markdown(now.notes.markdown);
}

void LessonPlayer::next(PanelContext& context) {
  if (turns()) return;  // a press in haste must not pass over a question
  if (asks())
    reveal(context);
  else
    go(page_ + 1);
}

void LessonPlayer::back() {
  if (page_ > 0) go(page_ - 1);
}

void LessonPlayer::set_guess(std::optional<Guess> guess) {
  guess_ = std::move(guess);
  unkept_ = true;
  if (guess_)
    visited_[lesson_->id].guesses[page_] = *guess_;
  else
    visited_[lesson_->id].guesses.erase(page_);
}

LessonRecord LessonPlayer::record() const {
  LessonRecord out;
  if (!is_open()) return out;
  out.lesson = lesson_->id;
  out.page = static_cast<int>(page_) + 1;
  const auto found = visited_.find(lesson_->id);
  if (found == visited_.end()) return out;
  for (const auto& [page, guess] : found->second.guesses) {
    const std::optional<Question>& question = lesson_->pages[page].question;
    if (!question) continue;
    out.answers.push_back(answer_of(static_cast<int>(page) + 1, *question, guess));
  }
  for (const auto& [page, state] : found->second.tasks)
    out.tasks.push_back({static_cast<int>(page) + 1, state});
  return out;
}

std::vector<Guess> LessonPlayer::earlier() const {
  std::vector<Guess> out;
  if (truth() == nullptr) return out;
  const auto& all = visited_.at(lesson_->id).revealed;
  if (const auto found = all.find(page_); found != all.end()) out = found->second;
  if (guess_ && !out.empty()) out.pop_back();  // the present one
  return out;
}

// --- kept between two starts ---

// Pages that a lesson no longer has, or that ask something else now, are passed over.
LessonPlayer::Visited LessonPlayer::kept_of(const Lesson& lesson) const {
  Visited out;
  const std::optional<KeptLessons::Entry> kept = kept_.read(lesson.id);
  if (!kept) return out;
  const auto question_of = [&](int page) -> const Question* {
    const auto index = static_cast<std::size_t>(page - 1);
    if (index >= lesson.pages.size() || !lesson.pages[index].question) return nullptr;
    return &*lesson.pages[index].question;
  };
  const auto is_whole = [](const Question& asked, const Guess& guess) {
    if (asked.kind == Question::Kind::choice) return guess.choice < asked.choices.size();
    if (asked.kind == Question::Kind::sketch) return !guess.curve_x.empty();
    return std::isfinite(guess.number) && (asked.kind != Question::Kind::where || std::isfinite(guess.y));
  };
  const auto take = [&](const LessonRecord::Answer& answer, const auto& put) {
    const Question* asked = question_of(answer.page);
    if (asked == nullptr) return;
    Guess guess = guess_of(*asked, answer);
    if (is_whole(*asked, guess)) put(static_cast<std::size_t>(answer.page - 1), std::move(guess));
  };
  out.page = std::min(static_cast<std::size_t>(kept->now.page - 1), lesson.pages.size() - 1);
  for (const LessonRecord::Answer& answer : kept->now.answers)
    take(answer, [&](std::size_t page, Guess guess) { out.guesses[page] = std::move(guess); });
  for (const LessonRecord::Answer& answer : kept->earlier)
    take(answer, [&](std::size_t page, Guess guess) { out.revealed[page].push_back(std::move(guess)); });
  for (const LessonRecord::Task& task : kept->now.tasks)
    if (static_cast<std::size_t>(task.page) <= lesson.pages.size())
      out.tasks[static_cast<std::size_t>(task.page - 1)] = task.state;
  return out;
}

// At rest: a guess that is being dragged is another one in every frame.
void LessonPlayer::keep() {
  if (!is_open() || !std::exchange(unkept_, false)) return;
  KeptLessons::Entry entry{record(), {}};
  for (const auto& [page, guesses] : visited_[lesson_->id].revealed)
    for (const Guess& guess : guesses)
      if (lesson_->pages[page].question)
        entry.earlier.push_back(answer_of(static_cast<int>(page) + 1, *lesson_->pages[page].question, guess));
  kept_.write(entry);
}

// --- playing ---

// Where the future is covered it is known: curves then have the axes that they will have, and what hides it
// has its size.
std::optional<Run> LessonPlayer::foreseen(const PageState& state, const LessonPage& page) {
  if (!page.question || !covers(state.arrangement, WindowElement::Kind::part, "future")) return std::nullopt;
  Run out = state.revealed;
  out.seek(state.arrived.state().step);
  return out;
}

LessonPlayer::Played LessonPlayer::play(const Lesson& lesson, std::size_t page,
                                        const std::shared_ptr<const PageState>& before,
                                        const LessonStopped& stopped) {
  Played out;
  out.state = std::make_shared<const PageState>(
      play_page(lesson, page, std::make_shared<ThreadPool>(1), before.get(), stopped));
  const LessonPage& it = lesson.pages[page];
  out.foreseen = foreseen(*out.state, it);
  Evaluator here(out.state->run, stopped), later(out.state->revealed, stopped);
  out.body = filled_markdown(it.body.markdown, here);
  out.reveal = filled_markdown(it.reveal.markdown, later);
  out.notes = filled_markdown(it.notes.markdown, later);
  if (!it.question) return out;
  out.ask = filled_markdown(words_of(*it.question), here);
  for (const std::string& choice : it.question->choices) out.choices.push_back(filled_markdown(choice, here));
  out.truth = truth_of(*it.question, *out.state);
  return out;
}

void LessonPlayer::begin_page() {
  stopped_ = std::make_shared<std::atomic<bool>>(false);
  job_.start([lesson = lesson_, page = page_, before = state_, stopped = stopped_] {
    return play(*lesson, page, before, [stopped] { return stopped->load(); });
  });
}

// A page that was told to stop is of a lesson that was left, or another one was asked for since.
void LessonPlayer::take_page(PanelContext& context) {
  if (!job_.ready()) return;
  Outcome<Played> outcome = job_.take();
  if (!is_open()) return;
  if (stopped_->load()) return begin_page();
  if (outcome.value) return show(context, std::move(*outcome.value));
  context.notices().say(outcome.error, Notices::Tone::warn);
  if (state_ == nullptr) leave(context);
}

void LessonPlayer::take(Played played) {
  state_ = std::move(played.state);
  body_ = std::move(played.body), reveal_ = std::move(played.reveal);
  notes_ = std::move(played.notes);
  ask_ = std::move(played.ask), choices_ = std::move(played.choices);
  truth_ = std::move(played.truth);
  const auto& guesses = visited_[lesson_->id].guesses;
  if (const auto found = guesses.find(page_); found != guesses.end()) guess_ = found->second;
}

void LessonPlayer::reload(PanelContext& context, std::shared_ptr<const Lesson> lesson, Played played) {
  const auto before = std::exchange(state_, nullptr);
  const bool stays = before && before->page == page_ && page_ == played.state->page &&
                     is_same_but_for_view(before->arrived, played.state->arrived) &&
                     is_same_but_for_view(before->run, played.state->run);
  const bool was_revealed = std::exchange(revealed_, false);
  lesson_ = std::move(lesson);
  visit();
  turn_to(played.state->page);
  if (!stays) {
    playing_to_ = -1;
    return show(context, std::move(played));
  }
  take(std::move(played));
  revealed_ = was_revealed && page().question.has_value();
  context.reduce(Reduced(state_->arrangement, asks()));
  follow_view(context, before->arrived, state_->arrived, state_->arrangement.shows_all);
}

// A page that goes on from the one before, whose end is on screen, is reached by motion; else its run is
// shown.
void LessonPlayer::show(PanelContext& context, Played played) {
  std::optional<Run> foreseen = std::move(played.foreseen);
  take(std::move(played));
  context.reduce(Reduced(state_->arrangement, asks()));
  context.engine().visit(asks() && foreseen ? std::move(*foreseen) : state_->arrived);
  if (state_->run.state().step > state_->arrived.state().step)
    play_to(context, state_->run.state().step, page().moment.speed);
}

void LessonPlayer::play_to(PanelContext& context, std::int64_t step, double speed) {
  playing_to_ = step;
  seen_playing_ = false;
  context.pace = speed * haste_;
  context.engine().play(context.pace, step);
}

void LessonPlayer::reveal(PanelContext& context) {
  if (!asks()) return;
  revealed_ = true;
  if (guess_) {
    constexpr std::size_t kMostAttempts = 12;
    std::vector<Guess>& attempts = visited_[lesson_->id].revealed[page_];
    attempts.push_back(*guess_);
    if (attempts.size() > kMostAttempts) attempts.erase(attempts.begin());
    unkept_ = true;
  }
  context.reduce(Reduced(state_->arrangement, asks()));
  if (state_->revealed.state().step == state_->run.state().step) return;
  // The answer is about the page's own state, whatever was tried since.
  if (playing_to_ >= 0 || context.snapshot().state.step != state_->run.state().step)
    context.engine().visit(state_->run);
  // However many steps it takes, the answer is there soon.
  constexpr double kLongest_s = 4;
  const auto steps = static_cast<double>(state_->revealed.state().step - state_->run.state().step);
  play_to(context, state_->revealed.state().step, std::max(page().moment.speed, steps / kLongest_s));
}

void LessonPlayer::follow_run(PanelContext& context) {
  if (playing_to_ < 0) return;
  // It may also have stopped on the way, where the user paused it or the run is not finite.
  const Snapshot& now = context.snapshot();
  seen_playing_ = seen_playing_ || now.playing;
  if (now.state.step >= playing_to_ || now.divergence || (seen_playing_ && !now.playing)) playing_to_ = -1;
}

void LessonPlayer::follow(PanelContext& context) {
  take_page(context);
  task_.follow();
  if (!page_is_there()) return;
  follow_run(context);
  task_.look(context);
  if (task_done() && visited_[lesson_->id].tasks.emplace(page_, task_.state()).second) unkept_ = true;
  if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) keep();
}

}  // namespace iem::gui
