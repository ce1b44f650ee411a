// The program in its window: owns the engine and the view, draws every panel from the snapshot once a frame,
// and sends every change out as an edit or a command.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/gui/cards/about_card.h"
#include "app/gui/cards/cards.h"
#include "app/gui/cards/checks_card.h"
#include "app/gui/cards/export_card.h"
#include "app/gui/cards/open_card.h"
#include "app/gui/cards/parted_card.h"
#include "app/gui/cards/replay_card.h"
#include "app/gui/cards/save_card.h"
#include "app/gui/context/actions.h"
#include "app/gui/context/look_for.h"
#include "app/gui/context/panel_context.h"
#include "app/gui/context/run_work.h"
#include "app/gui/controls/control_panel.h"
#include "app/gui/controls/inspector.h"
#include "app/gui/controls/offer_bar.h"
#include "app/gui/controls/scene_browser.h"
#include "app/gui/controls/top_bar.h"
#include "app/gui/controls/transport_bar.h"
#include "app/gui/gl/field_renderer.h"
#include "app/gui/lessons/guess_hand.h"
#include "app/gui/lessons/lesson_address.h"
#include "app/gui/lessons/lesson_author.h"
#include "app/gui/lessons/lesson_player.h"
#include "app/gui/lessons/lesson_reader.h"
#include "app/gui/lessons/lessons_card.h"
#include "app/gui/pages/pages.h"
#include "app/gui/present/presenter.h"
#include "app/gui/sessions/scene_loader.h"
#include "app/gui/sessions/session_keeper.h"
#include "app/gui/sessions/session_writer.h"
#include "app/gui/sessions/verifier.h"
#include "app/gui/shell/layout.h"
#include "app/gui/shell/palette.h"
#include "app/gui/shell/panel_focus.h"
#include "app/gui/shell/window.h"
#include "app/gui/stage/key_hand.h"
#include "app/gui/stage/phase_strip.h"
#include "core/labs/kit/bridge.h"

namespace iem::gui {

class App final : public Frame {
 public:
  App(Window& window, Run run);
  ~App() override;

  void draw() override;
  void drop(const std::vector<std::string>& paths) override;
  bool restless() const override;

  // A built-in scene's name, a state string, the address of a lesson's page, or a path of anything that can
  // be opened; opened on a worker. A table of points is a scene of its own.
  void open(const std::string& name);
  // Replays a session behind the window that is shown without it.
  void verify(const std::string& name, const std::shared_ptr<Past>& past, Verifier::Replay replay);
  // Opens a table of points with the present settings, also on a worker. False, after a notice, where it
  // cannot be opened.
  bool open_table(const std::string& path);

  // Opens a lesson at its first page, or where it was left in this window.
  void open_lesson(const Lesson& lesson, std::optional<std::size_t> page = std::nullopt);
  // Why it cannot be opened, else empty.
  std::string open_lesson_at(const LessonAddress& address);
  // The same for a file, which the window then follows and can write; why it cannot be opened, else empty.
  std::string open_lesson_file(const std::string& path, std::optional<std::size_t> page = std::nullopt);
  // Of the page of a lesson of the program, where one is open: it is what others are sent to then, not the
  // run that it shows.
  std::string lesson_link() const;
  LessonPlayer& lessons() { return lessons_; }
  LessonAuthor& author() { return author_; }

  // Keeps the runs in `folder` from now on, and offers the sessions kept there. A notice says once where that
  // cannot be done, for example because `folder` is empty.
  void keep_sessions(const std::string& folder, Clock clock = steady_seconds);

  // The stage and the line of steps alone, for a window inside somebody else's page.
  void embed() { embedded_ = true; }

  Presenter& presenter() { return presenter_; }

  Engine& engine() { return engine_; }
  SessionKeeper* keeper() { return keeper_.get(); }  // null: nothing is kept
  SessionWriter& writer() { return writer_; }
  PanelContext& context() { return context_; }
  const Actions& actions() const { return actions_; }
  StageView& stage() { return pages_.stage().stage(); }
  PhaseStrip& phase_strip() { return phases_; }
  const PlotColumn& plots() { return pages_.stage().plots(); }
  const DerivationView& derivation() const { return pages_.derivation().view(); }
  const Inspector& inspector() const { return inspector_; }
  const ChecksCard& checks() const { return checks_; }
  const ExportCard& exports() const { return export_; }
  const LessonCard& lesson() const { return lesson_; }
  const SceneBrowser& browser() const { return browser_; }
  const ControlPanel& controls() const { return controls_; }
  const Palette& palette() const { return palette_; }
  const Layout& layout() const { return layout_; }
  const PanelFocus& focus() const { return focus_; }
  const KeyHand& key_hand() const { return key_hand_; }
  const SceneLoader& loader() const { return loader_; }
  const Verifier& verifier() const { return verifier_; }
  // What the last frame says of a run that is not proven in place of the line of steps; null: that says it.
  const StandingWords* unsaid() const { return transport_.unsaid(); }

 private:
  void add_actions();
  void add_transport_actions();
  void add_begin_actions();
  void add_run_actions();
  void add_speed_actions();
  void add_edit_actions();
  void add_data_actions();
  void add_session_actions();
  void compare();
  void dismiss_runs();
  void exchange_plots(const std::vector<std::string>& shown, const std::vector<std::string>& next);
  void follow_runs();
  void add_view_actions();
  void add_window_actions();
  void add_focus_actions();
  void add_scene_actions();
  void add_lesson_actions();
  void add_author_actions();
  void ask_lesson_path(bool is_copy);
  void write_lesson(const std::string& path);
  std::string subject_of_lesson() const;
  void collect_author();
  void add_present_actions();
  void present();
  void copy_link();
  void open_notes_window();
  std::string barred_by_lesson(const Action& action) const;
  std::string barred(const Action& action) const;
  bool offers_lesson();
  const Lesson* left_lesson() const;
  // A card of numbers is put away while a question is open that it may answer.
  bool inspects() const { return inspector_.is_open() && !context_.reduced().covers_anything(); }
  void collect_lesson();
  void collect();
  void collect_paths();
  void collect_scene();
  void collect_kept();
  // Why a lesson or a page of one cannot be opened, else empty; nothing where `name` is something else.
  std::optional<std::string> open_as_lesson(const std::string& name);
  void open_typed(const std::string& path);
  void adopt(OpenedScene opened);
  void save_as(const std::string& path);
  void collect_saved();
  std::optional<KeptSession> offer() const;
  std::vector<KeptSession> kept() const;
  std::vector<FocusPanel> focus_panels();
  bool has_runs();
  bool has_offer();
  bool has_phase_strip();
  bool has_transport() const;
  std::vector<float> column_heights();
  bool phase_tells();
  const PageWindows& choose_windows();
  const PageWindows& choose_presented(const PageWindows& all);
  void draw_offers();
  void draw_docked();
  void draw_left(Page& page);
  void draw_presented_bars();
  void draw_centre(Page& page);
  void light_band(const char* panel);
  void light_cell(std::size_t cell);
  void work() override { pump(); }
  void pump();
  void handle_keys();
  void close_by_escape();
  void draw_bars();
  void draw_cards();
  void draw_standing(ImVec2 bottom);
  void play_or_pause();
  std::string nothing_changes() const;
  void cross(const Bridge& bridge);
  void change_brush(int direction);
  void reset_settings();

  Window& window_;
  bool embedded_ = false;
  FieldRenderer fields_;
  LookFor look_for_;
  RunWork run_work_;
  std::shared_ptr<Bell> bell_ = std::make_shared<Bell>();
  Engine engine_;
  PanelContext context_;
  std::unique_ptr<SessionKeeper> keeper_;
  SessionWriter writer_;
  Actions actions_;
  Layout layout_;
  PanelFocus focus_;
  KeyHand key_hand_;
  SceneLoader loader_;
  Verifier verifier_{[&window = window_] { window.wake(); }};
  TopBar top_bar_;
  LessonPlayer lessons_;
  LessonAuthor author_{context_, lessons_, [&window = window_] { window.wake(); }};
  LessonReader reader_;
  LessonsCard lessons_card_;
  GuessHand guess_hand_{lessons_};
  Presenter presenter_{guess_hand_};
  bool made_full_ = false;                      // by presenting
  PageWindows reduced_windows_{};               // of the page, where only some of its windows are there
  std::string reduced_id_, lesson_window_;      // their names
  const PageWindows* windows_ = nullptr;        // of this frame
  std::uint64_t arranged_ = ~std::uint64_t{0};  // the opening that the view was arranged for
  ControlPanel controls_;
  Pages pages_;
  PhaseStrip phases_;
  int phase_ = -1;  // that is looked at, in this frame
  TransportBar transport_;
  Palette palette_;
  SceneBrowser browser_;
  ExportCard export_;
  Inspector inspector_;
  ChecksCard checks_;
  HelpCard help_;
  LessonCard lesson_;
  AboutCard about_;
  OpenCard open_card_;
  SaveCard save_card_{save_session_words()}, save_lesson_{save_lesson_words()};
  bool copies_lesson_ = false;  // what the card or the dialog asks a path for; else a new one is made
  // What a path was asked for: the opening whose run is saved, and subject_of_lesson(). An answer that comes
  // when something else is shown is none.
  std::optional<std::uint64_t> session_of_;
  std::string lesson_of_;
  std::string saved_;  // the session file that was written last
  std::uint64_t followed_view_ = 0, followed_opened_ = 0;
  ReplayCard replay_card_;
  bool notices_shown_ = false, escape_is_taken_ = false;
  bool compares_ = false;              // in the last frame,
  std::uint64_t compared_opened_ = 0;  // of which run
};

}  // namespace iem::gui
