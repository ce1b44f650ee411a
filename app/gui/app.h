// The program in its window: owns the engine and the view, draws every panel from the snapshot once a frame,
// and sends every change out as an edit or a command.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/gui/about_card.h"
#include "app/gui/actions.h"
#include "app/gui/cards.h"
#include "app/gui/control_panel.h"
#include "app/gui/desk.h"
#include "app/gui/export_card.h"
#include "app/gui/field_renderer.h"
#include "app/gui/inspector.h"
#include "app/gui/layout.h"
#include "app/gui/pages.h"
#include "app/gui/palette.h"
#include "app/gui/phase_strip.h"
#include "app/gui/replay_card.h"
#include "app/gui/scene_loader.h"
#include "app/gui/session_keeper.h"
#include "app/gui/top_bar.h"
#include "app/gui/transport_bar.h"
#include "app/gui/window.h"

namespace iem::gui {

class App final : public Frame {
 public:
  App(Window& window, Run run);

  void draw() override;
  void drop(const std::vector<std::string>& paths) override;
  bool restless() const override;

  // A built-in scene's name or a path; opened on a worker.
  void open(const std::string& name);

  // Writes the session into `folder` every few seconds from now on; says so when one was left there by a
  // crash.
  void keep_sessions(const std::string& folder);

  Engine& engine() { return engine_; }
  SessionKeeper& keeper() { return keeper_; }
  Desk& desk() { return desk_; }
  const Actions& actions() const { return actions_; }
  StageView& stage() { return pages_.stage().stage(); }
  const DerivationView& derivation() const { return pages_.derivation().view(); }
  const Inspector& inspector() const { return inspector_; }
  const ChecksCard& checks() const { return checks_; }
  const LessonCard& lesson() const { return lesson_; }
  const Layout& layout() const { return layout_; }
  const SceneLoader& loader() const { return loader_; }

 private:
  void add_actions();
  void add_transport_actions();
  void add_edit_actions();
  void add_data_actions();
  void add_session_actions();
  void present();
  void add_view_actions();
  void add_window_actions();
  void collect();
  void draw_docked();
  void draw_bars();
  void draw_cards();
  void play_or_pause();
  void open_along_probe();
  void change_brush(int direction);
  void reset_settings();

  Window& window_;
  FieldRenderer fields_;
  Engine engine_;
  Desk desk_;
  SessionKeeper keeper_;
  Actions actions_;
  Layout layout_;
  SceneLoader loader_;
  TopBar top_bar_;
  ControlPanel controls_;
  Pages pages_;
  PhaseStrip phases_;
  TransportBar transport_;
  Palette palette_;
  ExportCard export_;
  Inspector inspector_;
  ChecksCard checks_;
  HelpCard help_;
  LessonCard lesson_;
  AboutCard about_;
  OpenCard open_card_;
  ReplayCard replay_card_;
  bool notices_shown_ = false;
  double scale_before_ = 0;  // while presenting: the user's scale before
};

}  // namespace iem::gui
