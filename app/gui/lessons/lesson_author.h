// Writes the lesson that is open: the moment on screen becomes a page of its file, pages change places. The
// window follows the file: what a text editor saves is shown on the page that is open.
//
// Runs become moments, and pages are played, on workers. What is wrong with the file is said (trouble()) and
// nothing else changes until it is right again.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/gui/lessons/lesson_file.h"
#include "app/gui/lessons/lesson_player.h"
#include "app/gui/platform/file_watch.h"

namespace iem::gui {

class LessonAuthor {
 public:
  LessonAuthor(PanelContext& context, LessonPlayer& player, std::function<void()> wake)
      : context_(context),
        player_(player),
        wake_(std::move(wake)) {}
  ~LessonAuthor() {
    for (const Search& search : searches_) search.stopped->store(true);
    reading_stopped_->store(true);
  }

  // The lesson that is open was read from this file.
  void attach(LessonFile file);
  void leave();
  // Takes what is done; once a frame.
  void follow();
  bool working() const { return finding_.running() || reading_.running() || reads_again_; }

  // Why the lesson cannot be changed here; empty: it can.
  std::string why_not() const;
  std::string why_no_undo() const;
  bool is_copied_to_write() const { return player_.is_open() && (!file_ || !file_->can_write()); }
  std::string why_no_copy() const;
  // What is wrong with the file, one line; empty: nothing.
  const std::string& trouble() const { return trouble_; }
  const LessonFile* file() const { return file_ ? &*file_ : nullptr; }

  // A lesson whose only page begins with the run on screen; its path comes from take_made().
  void create(const std::string& path);
  // The open lesson under another name; the same.
  void copy(const std::string& path);
  std::string take_made() { return std::exchange(made_, {}); }

  void add_moment();     // behind the page that is open
  void update_moment();  // the page that is open begins here
  void move_page(int direction);
  void remove_page();
  void undo();

 private:
  enum class Wanted : std::uint8_t { create, add, update };
  using Stopped = std::shared_ptr<std::atomic<bool>>;
  struct Found {
    Moment moment;
    std::int64_t step = 0;
  };
  // A moment that was asked for.
  struct Search {
    Wanted wanted = Wanted::add;
    std::string path;
    std::size_t page = 0;
    Stopped stopped = std::make_shared<std::atomic<bool>>(false);
    std::function<Found()> find = nullptr;  // on a worker
  };
  struct Preview {
    std::shared_ptr<const Lesson> lesson;
    LessonPlayer::Played played;
  };
  void find_moment(Wanted wanted, const std::string& path);
  void take_found();
  void take_moment(const Search& search, const Found& found);
  using Edited = std::function<std::string(const std::string&)>;
  bool change(const Edited& edited, std::size_t page);
  bool is_as_read();
  void look_at_file();
  void take_reading();
  void read_again(std::size_t page);
  void say_goes_on(std::size_t first, std::size_t last);
  void attempt(const std::function<void()>& act);

  PanelContext& context_;
  LessonPlayer& player_;
  std::function<void()> wake_;
  std::optional<LessonFile> file_;
  std::unique_ptr<FileWatch> watch_;
  std::string trouble_, made_;

  std::deque<Search> searches_;  // the first is under way
  Job<Found> finding_;

  bool reads_again_ = false;  // once the player and the reading before are done
  std::size_t shown_next_ = 0, turned_from_ = 0;
  Job<Preview> reading_;
  Stopped reading_stopped_ = std::make_shared<std::atomic<bool>>(false);
};

}  // namespace iem::gui
