#include "app/gui/shell/app.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <utility>

#include "app/gui/controls/recent_menu.h"
#include "app/gui/controls/run_strip.h"
#include "app/gui/look/formula.h"
#include "app/gui/look/lesson_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/platform/file_dialog.h"
#include "app/gui/platform/settings.h"
#include "app/gui/sessions/take_points.h"
#include "app/gui/stage/phase_line.h"
#include "app/gui/widgets/band.h"
#include "app/gui/widgets/card.h"
#include "app/gui/widgets/cover.h"
#include "app/gui/widgets/spotlight.h"
#include "app/gui/widgets/widgets.h"
#include "core/data/source.h"
#include "core/labs/kit/figure_parts.h"
#include "core/lesson/lessons.h"
#include "core/session/session.h"
#include "core/session/state_string.h"

namespace iem::gui {
namespace {

constexpr float kInspector = 346;  // style pixels

std::string extension_of(const std::string& path) {
  std::string extension = std::filesystem::path(path).extension().string();
  std::ranges::transform(extension, extension.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension;
}

}  // namespace

App::App(Window& window, Run run)
    : window_(window),
      engine_(run,
              [&window, bell = bell_] {
                window.wake();
                bell->ring();
              }),
      context_(engine_, run.setup().config(), *run.setup().data),
      layout_(window) {
  add_actions();
  context_.actions = &actions_;
  context_.fields = &fields_;
  context_.look_for = &look_for_;
  context_.run_work = &run_work_;
  context_.key_hand = &key_hand_;
  context_.stage_hand = &presenter_.tools();
  context_.lesson_record = [this] { return lessons_.record(); };
}

bool App::restless() const {
  return layout_.settling() || focus_.working() || fields_.wants_frame() || loader_.working() ||
         export_.working() || checks_.working() || pages_.working() || context_.working() ||
         writer_.working() || phases_.walk().working() || context_.moving() || look_for_.working() ||
         run_work_.working() || browser_.working() || lessons_.working() || author_.working() ||
         presenter_.working(context_) || file_dialog().is_open();
}

void App::open(const std::string& name) {
  const std::optional<std::string> error = open_as_lesson(name);
  if (!error) return loader_.ask(name);
  if (!error->empty()) context_.notices().say(*error, Notices::Tone::warn);
}

std::optional<std::string> App::open_as_lesson(const std::string& name) {
  if (const std::optional<LessonAddress> address = lesson_address(name)) return open_lesson_at(*address);
  if (is_lesson_file(name)) return open_lesson_file(name);
  return std::nullopt;
}

// The card waits for an answer: at once about a lesson, about anything else with what the loader brings.
void App::open_typed(const std::string& path) {
  if (path.empty()) return;
  if (const std::optional<std::string> error = open_as_lesson(path))
    open_card_.answer(*error);
  else
    loader_.ask(path);
}

bool App::open_table(const std::string& path) {
  MakeRun make = run_of_table(context_, path);
  if (make) loader_.ask(path, make);
  return static_cast<bool>(make);
}

void App::drop(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    const std::string extension = extension_of(path);
    if (extension == ".toml" || is_lesson_file(path) || is_replay(path) || source_reading(path) != nullptr)
      open(path);
    else
      context_.notices().say(path + " " + std::string(text::kCannotOpenDrop), Notices::Tone::warn);
  }
}

// Results of everything that was done elsewhere since the last frame.
void App::collect() {
  collect_paths();
  collect_scene();
  follow_runs();
  verifier_.follow(engine_);
  collect_kept();
  collect_lesson();
  collect_author();
  context_.strokes.fade(ImGui::GetTime(), export_.is_open());
  presenter_.follow(context_, lessons_);
  collect_saved();
  export_.collect(context_);
  checks_.follow(context_);
  look_for_.follow();
  run_work_.draw_opened(context_);
  run_work_.follow(context_);
  if (transport_.take_checks_asked()) checks_.toggle();
  transport_.set_checks_open(checks_.is_open());
}

// What was chosen in menus, cards and dialogs.
void App::collect_paths() {
  for (const std::string& scene : {top_bar_.take_scene(), palette_.take_scene(), browser_.take_scene()})
    if (!scene.empty()) open(scene);
  if (const std::string path = file_dialog().take("scene.open"); !path.empty()) drop({path});
  open_typed(open_card_.take());
  if (const std::string key = controls_.take_browse(); !key.empty() && dialog_is_free(context_.notices()))
    file_dialog().ask_open(key, "");
  if (const std::string path = file_dialog().take("data.path"); !path.empty()) open_table(path);
  if (const std::string path = file_dialog().take("session.save"); !path.empty()) save_as(path);
  if (const std::string path = save_card_.take(); !path.empty()) writer_.save(context_, path);
}

void App::collect_scene() {
  std::optional<Outcome<OpenedScene>> opened = loader_.take();
  if (!opened) return;
  if (open_card_.waits())
    open_card_.answer(opened->error);
  else if (!opened->value)
    context_.notices().say(opened->error, Notices::Tone::warn);
  if (opened->value) adopt(std::move(*opened->value));
}

void App::adopt(OpenedScene opened) {
  if (opened.crossed_exactly) {  // it is no other work: what is open beside the run stays
    context_.notices().say(opened.remark,
                           *opened.crossed_exactly ? Notices::Tone::good : Notices::Tone::quiet);
    return engine_.open(std::move(opened.run));
  }
  if (!opened.remark.empty()) context_.notices().say(opened.remark, Notices::Tone::warn);
  const std::filesystem::path path = opened.name;
  std::error_code no_working_folder;
  const std::vector<KeptSession> sessions = kept();
  if (std::ranges::find(sessions, opened.name, &KeptSession::path) != sessions.end())
    keeper_->use(opened.name);
  else if (path.has_extension() && !is_state_string(opened.name))
    remember_scene(std::filesystem::absolute(path, no_working_folder).string());
  session_of_.reset();
  if (lessons_.is_open()) context_.notices().say(word(text::lesson::kLeft));
  lessons_.leave_for_other(context_);
  if (opened.replay) verify(opened.name, opened.run.past(), std::move(opened.replay));
  engine_.open(std::move(opened.run));
}

// The middle of any page, or what hides it.
void App::draw_centre(Page& page) {
  constexpr float kMargin = 20;
  const ImVec2 min = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  const float top = min.y + ImGui::GetCursorStartPos().y;
  const ImVec2 max(min.x + size.x, min.y + size.y);
  if (context_.reduced().covers_panel(kStagePanel))
    return draw_cover({min.x + px(kMargin), top + px(kMargin)}, {max.x - px(kMargin), max.y - px(kMargin)});
  page.draw_centre(context_);
  if (context_.reduced().highlights_panel(kStagePanel))
    draw_lit_edge(ImGui::GetWindowDrawList(), min.x, max.x, top);
}

// A band that a page names is lit along its upper edge.
void App::light_band(const char* panel) {
  const ImVec2 min = ImGui::GetWindowPos();
  if (context_.reduced().highlights_panel(panel))
    draw_lit_edge(ImGui::GetWindowDrawList(), min.x, min.x + ImGui::GetWindowWidth(), min.y);
}

// Where a page lights up figures, the others of the column step back.
void App::light_cell(std::size_t cell) {
  const Reduced& reduced = context_.reduced();
  const std::vector<std::string>& plots = context_.view().config.list("view.plots");
  if (!reduced.highlights_figures() || cell >= plots.size()) return;
  const ImVec2 min = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  const float top = min.y + ImGui::GetCursorStartPos().y;
  const ImVec2 max(min.x + size.x, min.y + size.y);
  if (reduced.highlights_figure(plots[cell]))
    draw_lit_edge(ImGui::GetWindowDrawList(), min.x, max.x, top);
  else
    draw_veil(ImGui::GetWindowDrawList(), {min.x, top}, max);
}

void App::draw_docked() {
  Page& page = pages_.of(context_.lab());
  const PageWindows& windows = *windows_;
  if (context_.view().only_stage) {
    if (begin_band("##only_stage", layout_.middle(), false)) draw_centre(page);
    end_band();
    return;
  }
  if (windows.left) draw_left(page);
  if (begin_docked(windows.centre, false)) draw_centre(page);
  end_docked();
  page.begin_frame(context_);
  for (std::size_t cell = 0; cell < windows.column.size(); ++cell) {
    // What is shown of a name may change with the lab, what follows ### must not.
    std::string name = windows.column[cell];
    if (name == kMomentWindow) {
      if (begin_docked(kMomentWindow, false)) reader_.draw_moment(context_, lessons_);
      end_docked();
      continue;
    }
    if (const std::string title = page.title(context_, cell); !title.empty())
      name.replace(0, name.find("###"), title);
    if (begin_docked(name.c_str(), false)) {
      page.draw_column(context_, cell);
      light_cell(cell);
    }
    end_docked();
  }
}

// The notes of a presenter, the page of a lesson, or the controls.
void App::draw_left(Page& page) {
  if (begin_docked(windows_->controls, true)) {
    if (presenter_.on())
      presenter_.draw_notes_panel();
    else if (lessons_.is_open())
      reader_.draw(context_, lessons_, author_);
    else
      controls_.draw(context_, page.windows());
  }
  end_docked();
}

// The last session, else the first lesson.
void App::draw_offers() {
  const Lesson* left = left_lesson();
  const auto session = left != nullptr ? std::nullopt : offer();
  if (!session && !offers_lesson()) return;
  if (begin_band("##offer", layout_.offer(), true)) {
    const OfferAnswer answer =
        session ? draw_offer(*session, actions_.keys("session.last")) : draw_lesson_offer(left);
    if (session && answer == OfferAnswer::use) open(session->path);
    if (session && answer == OfferAnswer::dismiss) keeper_->dismiss();
    if (!session && answer != OfferAnswer::none) settings().more["lesson.offered"] = "1";
    if (left != nullptr && answer == OfferAnswer::dismiss) lessons_.forget_left();
    if (!session && answer == OfferAnswer::use)
      open_lesson(left != nullptr ? *left : *find_lesson(kFirstLesson));
  }
  end_band();
}

void App::draw_presented_bars() {
  if (begin_band("##top", layout_.top(), false)) presenter_.draw_head(context_, lessons_);
  end_band();
  if (has_phase_strip()) {
    if (begin_band("##phases", layout_.phases(), true)) phases_.draw(context_);
    end_band();
  }
  if (context_.reduced().shows_panel("step")) {
    if (begin_band("##transport", layout_.transport(), true)) presenter_.draw_line(context_);
    end_band();
  }
}

void App::draw_bars() {
  if (presenter_.on()) return draw_presented_bars();
  if (!embedded_) {
    if (begin_band("##top", layout_.top(), false)) top_bar_.draw(context_, kept());
    end_band();
  }
  if (has_offer()) draw_offers();
  if (has_runs()) {
    if (begin_band("##runs", layout_.runs(), false)) draw_run_strip(context_);
    end_band();
  }
  if (phase_ >= 0) {
    if (begin_band("##phase_line", layout_.phase_line(), true)) draw_phase_line(context_, phase_);
    end_band();
  }
  if (has_phase_strip()) {
    if (begin_band("##phases", layout_.phases(), true)) phases_.draw(context_), light_band("strip");
    end_band();
  }
  if (has_transport()) {
    if (begin_band("##transport", layout_.transport(), true)) transport_.draw(context_), light_band("step");
    end_band();
  }
}

void App::draw_cards() {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const bool tells = context_.reduced().covers_anything();
  if (!context_.view().only_stage && !tells) {
    // A page without a column has its words on the right.
    const bool beside = !windows_->column.empty();
    const Band place = beside ? layout_.plots()
                              : Band{{layout_.middle().max.x - px(kInspector), layout_.middle().min.y},
                                     layout_.middle().max};
    inspector_.draw(context_, place.min, place.max);
  }
  if (!tells) {
    export_.draw(context_, top_bar_.export_anchor());
    checks_.draw({size.x - px(24), layout_.phases().min.y - px(8)});
    lesson_.draw(context_, top_bar_.lesson_anchor());
  }
  help_.draw(context_);
  lessons_card_.draw(top_bar_.export_anchor(), actions_);
  about_.draw();
  open_card_.draw();
  save_card_.draw();
  save_lesson_.draw();
  browser_.draw(context_, kept());
  palette_.draw(context_);
  draw_standing({0.5F * size.x, layout_.phases().min.y - px(48)});
  replay_card_.draw(loader_.replay(), loader_.name(), {0.5F * size.x, layout_.phases().min.y - px(48)});
  // Notices may cover things to be read (numbers of the phases, or words at the right), but never things to
  // be dragged.
  const float bottom = layout_.transport().min.y - px(8), aside = px(380);
  notices_shown_ = has_phase_strip() ? context_.notices().draw(0.5F * size.x, bottom, 0.8F * size.x)
                                     : context_.notices().draw(size.x - px(20) - 0.5F * aside, bottom, aside);
  if (notices_shown_) window_.keep_awake(0.2);
}

// The inspector, else the phases, where the key has nothing else to do: a lesson is left, a card or a menu is
// closed, the keys come back from the widgets.
void App::close_by_escape() {
  if (inspector_.is_open()) return inspector_.toggle();
  if (!escape_is_taken_ && !lessons_.is_open() && !presenter_.on()) actions_.run("transport.phase_leave");
}

void App::handle_keys() {
  const bool free = !ImGui::GetIO().WantTextInput && !key_hand_.chooses();
  if (free && ImGui::IsKeyPressed(ImGuiKey_Escape, false)) close_by_escape();
  const auto [action, refused] = actions_.handle_keys(key_hand_.chooses());
  if (!refused.empty()) context_.notices().say(refused);
  // Keys typed after a shortcut are meant for the card that it opens.
  if (action != nullptr && !action->repeats) window_.hold_keys();
}

// Where there are no threads, everything is done between two frames.
void App::pump() {
  if (engine_.pump()) window_.keep_awake(0.1);
  if (keeper_) keeper_->pump();
}

void App::draw() {
  pump();
  context_.begin_frame();
  if (embedded_ && !presenter_.on()) context_.view().only_stage = true;
  collect();
  handle_keys();
  write_formulas_in(notation_of(context_.view().config), context_.lab().id());
  const Page& page = pages_.of(context_.lab());
  transport_.follow(context_);
  phases_.walk().follow(context_);
  phase_ = page.windows().phases ? phases_.walk().chosen(context_) : -1;
  if (phase_ >= 0 && phase_tells()) phases_.walk().choose(context_, phase_ = -1);
  windows_ = &choose_windows();
  layout_.begin_frame(
      *windows_, column_heights(), context_.view().only_stage,
      {.inspecting = inspects(),
       .offering = has_offer(),
       .several_runs = has_runs(),
       .looking_at_phase = !presenter_.on() && phase_ >= 0,
       .without_phases = embedded_ || context_.phases().empty() || !context_.reduced().shows_panel("strip"),
       .without_steps = !has_transport(),
       .folding_phases = phase_ < 0 && !presenter_.on() && Layout::is_low(),
       .presenting = presenter_.on(),
       .embedded = embedded_ && !presenter_.on(),
       .phases_height = phases_.height(context_)});
  focus_.begin_frame(focus_panels());
  draw_bars();
  draw_docked();
  draw_cards();
  escape_is_taken_ = card_is_open() || keyboard_is_taken();  // as the reader sees it who presses the key
  key_hand_.end_frame(context_);
  focus_.end_frame();
}

}  // namespace iem::gui
