#include "app/gui/lessons/lesson_author.h"

#include <algorithm>
#include <filesystem>
#include <future>
#include <utility>

#include "app/gui/look/lesson_text.h"
#include "app/gui/look/text.h"
#include "core/base/atomic_file.h"
#include "core/base/embedded.h"
#include "core/base/words.h"
#include "core/lesson/moment_of_run.h"
#include "core/lesson/read_lesson.h"
#include "core/lesson/write_lesson.h"

namespace iem::gui {
namespace {

std::string file_name(const std::string& path) { return std::filesystem::path(path).filename().string(); }

// A new file my_lesson is called "My lesson" until its author says otherwise.
std::string title_of(const std::string& path) {
  std::string out = std::filesystem::path(path).stem().string();
  std::ranges::replace(out, '_', ' ');
  return capitalised(std::move(out));
}

NewPage page_at(const Moment& moment, std::int64_t step) {
  return {word(text::author::kHeading) + " " + std::to_string(step), word(text::author::kWords), moment};
}

}  // namespace

void LessonAuthor::attach(LessonFile file) {
  leave();
  watch_ = std::make_unique<FileWatch>(file.path(), wake_);
  file_.emplace(std::move(file));
}

void LessonAuthor::leave() {
  for (const Search& search : searches_)
    if (search.wanted != Wanted::create) search.stopped->store(true);
  reading_stopped_->store(true);
  file_.reset(), watch_.reset();
  trouble_.clear();
  reads_again_ = false;
}

void LessonAuthor::attempt(const std::function<void()>& act) {
  try {
    act();
  } catch (const InputError& error) {
    context_.notices().say(error.what(), Notices::Tone::warn);
  }
}

std::string LessonAuthor::why_not() const {
  if (!player_.is_open()) return word(text::lesson::kNoLesson);
  if (!file_ || !file_->can_write()) return word(text::author::kReadOnly);
  return working() ? word(text::author::kBusy) : std::string();
}

std::string LessonAuthor::why_no_undo() const {
  if (std::string why = why_not(); !why.empty()) return why;
  return file_->can_undo() ? std::string() : word(text::author::kNothingToUndo);
}

std::string LessonAuthor::why_no_copy() const {
  if (!player_.is_open()) return word(text::lesson::kNoLesson);
  const bool has_text = file_ || !embedded_text(player_.lesson().file).empty();
  return has_text ? std::string() : word(text::author::kNoFile);
}

// --- from a run to a moment ---

// A copy of the run is taken on the engine's thread, which costs little; it is played again on another.
// Whoever asks while another moment is being found waits his turn: a dialog may be answered at any time.
void LessonAuthor::find_moment(Wanted wanted, const std::string& path) {
  auto copy = std::make_shared<std::promise<Run>>();
  std::shared_future<Run> run = copy->get_future().share();
  context_.engine().look([copy](const Run& now) { copy->set_value(now); });
  context_.engine().pump();
  Search search{wanted, path, player_.is_open() ? player_.index() : 0};
  search.find = [wanted, run, path, stopped = search.stopped, view = context_.view().config,
                 arrangement = context_.reduced().arrangement()] {
    const Run& now = run.get();
    Found found{moment_of_run(now, view, arrangement, path, std::make_shared<ThreadPool>(1),
                              [stopped] { return stopped->load(); }),
                now.state().step};
    if (wanted == Wanted::create)  // here, for the disk may be slow
      write_file_atomically(path, new_lesson(title_of(path), page_at(found.moment, found.step)));
    return found;
  };
  searches_.push_back(std::move(search));
  if (!finding_.running()) finding_.start(searches_.front().find);
}

void LessonAuthor::take_found() {
  if (!finding_.ready()) return;
  const Outcome<Found> found = finding_.take();
  const Search search = std::move(searches_.front());
  searches_.pop_front();
  if (!searches_.empty()) finding_.start(searches_.front().find);
  if (found.value)
    attempt([&] { take_moment(search, *found.value); });
  else if (!search.stopped->load())
    context_.notices().say(found.error, Notices::Tone::warn);
}

void LessonAuthor::take_moment(const Search& search, const Found& found) {
  if (search.wanted == Wanted::create) {
    made_ = search.path;
    return;
  }
  if (!file_ || file_->path() != search.path) return;  // the lesson was left meanwhile
  const std::size_t page = search.page;
  const bool adds = search.wanted == Wanted::add;
  const auto edited = [&](const std::string& text) {
    return adds ? with_page_behind(text, search.path, page, page_at(found.moment, found.step))
                : with_moment(text, search.path, page, found.moment);
  };
  if (!change(edited, adds ? page + 1 : page)) return;
  const std::size_t next = adds ? page + 2 : page + 1;
  say_goes_on(next, next);
}

// --- changes of the file ---

// Whether the file says what is on screen; else it is read again, and nothing is to be written.
bool LessonAuthor::is_as_read() {
  if (!file_->look()) return true;
  context_.notices().say(file_name(file_->path()) + " " + word(text::author::kReadAgain),
                         Notices::Tone::warn);
  read_again(player_.index());
  return false;
}

bool LessonAuthor::change(const Edited& edited, std::size_t page) {
  bool done = false;
  attempt([&] {
    if (!is_as_read()) return;
    file_->write(edited(file_->text()), player_.index());
    read_again(page);
    context_.notices().say(word(text::kSaved) + " " + file_name(file_->path()), Notices::Tone::good);
    done = true;
  });
  return done;
}

// Pages that say no scene go on with the run of the page before.
void LessonAuthor::say_goes_on(std::size_t first, std::size_t last) {
  attempt([&] {
    const Lesson lesson = read_lesson(file_->text(), file_->path());
    for (std::size_t i = first; i <= last && i < lesson.pages.size(); ++i)
      if (!lesson.pages[i].moment.scene)
        return context_.notices().say("\"" + lesson.pages[i].heading + "\" " + word(text::author::kGoesOn));
  });
}

void LessonAuthor::create(const std::string& path) { find_moment(Wanted::create, path); }

void LessonAuthor::copy(const std::string& path) {
  attempt([&] {
    write_file_atomically(path,
                          file_ ? std::string_view(file_->text()) : embedded_text(player_.lesson().file));
    made_ = path;
  });
}

void LessonAuthor::add_moment() { find_moment(Wanted::add, file_->path()); }

void LessonAuthor::update_moment() { find_moment(Wanted::update, file_->path()); }

void LessonAuthor::move_page(int direction) {
  const std::size_t page = player_.index(), first = direction < 0 ? page - 1 : page;
  const auto edited = [&](const std::string& text) { return with_pages_swapped(text, file_->path(), first); };
  if (change(edited, direction < 0 ? page - 1 : page + 1)) say_goes_on(first, first + 2);
}

void LessonAuthor::remove_page() {
  const std::size_t page = player_.index();
  const auto edited = [&](const std::string& text) { return without_page(text, file_->path(), page); };
  if (change(edited, page)) say_goes_on(page, page);
}

void LessonAuthor::undo() {
  attempt([&] {
    if (is_as_read()) read_again(file_->undo());
  });
}

// --- following the file ---

void LessonAuthor::read_again(std::size_t page) { reads_again_ = true, shown_next_ = page; }

void LessonAuthor::look_at_file() {
  if (!watch_ || !watch_->take()) return;
  try {
    if (file_->look()) read_again(player_.index());
  } catch (const InputError& error) {
    trouble_ = error.what();
  }
}

void LessonAuthor::take_reading() {
  if (!reading_.ready() || player_.turns()) return;
  Outcome<Preview> read = reading_.take();
  if (reading_stopped_->load() || reads_again_) return;  // it is of another file, or of the text before
  if (player_.index() != turned_from_) return read_again(player_.index());
  trouble_ = read.error;
  // The folder is known, and the line is narrow.
  if (trouble_.starts_with(file_->path()))
    trouble_ = file_name(file_->path()) + trouble_.substr(file_->path().size());
  if (read.value) player_.reload(context_, std::move(read.value->lesson), std::move(read.value->played));
}

void LessonAuthor::follow() {
  take_found();
  if (file_ && !player_.is_open()) leave();
  look_at_file();
  take_reading();
  if (!reads_again_ || reading_.running() || player_.turns()) return;
  reads_again_ = false;
  turned_from_ = player_.index();
  reading_stopped_ = std::make_shared<std::atomic<bool>>(false);
  reading_.start(
      [text = file_->text(), path = file_->path(), page = shown_next_, stopped = reading_stopped_] {
        auto lesson = std::make_shared<const Lesson>(read_lesson(text, path));
        LessonPlayer::Played played = LessonPlayer::play(*lesson, std::min(page, lesson->pages.size() - 1),
                                                         nullptr, [stopped] { return stopped->load(); });
        return Preview{std::move(lesson), std::move(played)};
      });
}

}  // namespace iem::gui
