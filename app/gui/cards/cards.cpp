#include "app/gui/cards/cards.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/gui/context/actions.h"
#include "app/gui/context/look_for.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/math_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/card.h"
#include "app/gui/widgets/widgets.h"

namespace iem::gui {
namespace {

// Icon, statement, number; a check that does not apply says why below it.
void check_row(const CheckResult& check) {
  const paint::Theme& t = theme();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool skipped = check.status == CheckStatus::skip, failed = check.status == CheckStatus::fail;
  const bool with_reason = skipped && !check.reason.empty();
  gap(with_reason ? 42 : 26);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float y = at.y + px(17), right = at.x + row_width();
  const Rgb& ink = failed ? t.bad : skipped ? t.muted : t.good;
  draw_icon(list,
            failed    ? icon::kClose
            : skipped ? icon::kMinus
                      : icon::kCheck,
            {at.x + px(6), at.y + px(13)}, colour(ink), 10);
  const std::string number = skipped ? std::string(text::kSkipped) : tiny_number(check.error);
  const std::string limit =
      skipped ? std::string() : " " + std::string(text::kAtMost) + " " + tiny_number(check.tolerance);
  const float limit_width = limit.empty() ? 0 : measure_text(" ≤ 0.0 × 10^−00", type::kTick).width;
  const float number_width = measure_text(number, type::kSmall, Face::bold).width + limit_width;
  draw_text(list, limit, {right - limit_width, y}, colour(t.muted), type::kTick);
  draw_text_right(list, number, {right - limit_width, y}, colour(ink), type::kSmall,
                  skipped ? Face::regular : Face::bold);
  draw_text_cut(list, check.statement, {at.x + px(22), y}, colour(skipped ? t.muted : t.ink),
                row_width() - px(38) - number_width, type::kSmall);
  if (with_reason)
    draw_text_cut(list, check.reason, {at.x + px(22), y + px(16)}, colour(t.muted), row_width() - px(22),
                  type::kTick);
}

void list_head(std::string_view words) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  gap(26);
  draw_text(ImGui::GetWindowDrawList(), words, {at.x, at.y + px(16)}, colour(theme().ink), type::kSmall,
            Face::bold);
}

}  // namespace

void ChecksCard::follow(PanelContext& context) {
  if (job_.ready()) {
    Outcome<Checked> checked = job_.take();
    error_ = std::move(checked.error);
    if (checked.value) done_ = std::move(*checked.value);
  }
  if (!open_ || job_.running() || asked_ == context.snapshot().serial) return;
  asked_ = context.snapshot().serial;
  job_.start([snapshot = context.shared_snapshot()] {
    return Checked{snapshot->serial, snapshot->state.step, run_checks(*snapshot)};
  });
}

void ChecksCard::draw(ImVec2 anchor) {
  const CardStyle style{.at = anchor, .pivot = {1, 1}, .width = 470, .max_height = 620, .stays = true};
  if (!begin_card("##checks.card", style, open_)) return;
  const std::vector<CheckResult>& results = done_.results;
  const bool any = !results.empty();
  const bool all = any && std::ranges::none_of(
                              results, [](const CheckResult& c) { return c.status == CheckStatus::fail; });
  card_head(text::kChecksTitle, std::string(text::kChecksState) + " " + std::to_string(done_.step) +
                                    (all ? ": " + std::string(text::kAllPass) : ""));
  if (!error_.empty()) note(error_);
  if (!any && error_.empty()) note(text::kChecking);
  for (const CheckResult& check : results) check_row(check);
  end_card();
}

void LessonCard::draw(PanelContext& context, ImVec2 anchor) {
  if (!begin_card("##lesson.card", {.at = anchor, .width = 360, .stays = true}, open_)) return;
  const Scene& scene = context.snapshot().setup->scene;
  card_head(scene.title.empty() ? scene.name : scene.title);
  paragraph(scene.description.empty() ? std::string(text::kNoDescription) : scene.description, theme().ink);
  if (const std::string& words = context.look_for->of_shown(context.snapshot()); !words.empty()) {
    list_head(text::kLookFor);
    paragraph(words, theme().ink);
  }
  if (context.snapshot().data().hash != context.snapshot().opening->setup->data->hash)
    note(text::kOtherPoints);
  end_card();
}

}  // namespace iem::gui
