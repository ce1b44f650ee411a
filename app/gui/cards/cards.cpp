#include "app/gui/cards/cards.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/gui/context/actions.h"
#include "app/gui/context/look_for.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/card.h"
#include "app/gui/widgets/widgets.h"

namespace iem::gui {
namespace {

void list_head(std::string_view words) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  gap(26);
  draw_text(ImGui::GetWindowDrawList(), words, {at.x, at.y + px(16)}, colour(theme().ink), type::kSmall,
            Face::bold);
}

}  // namespace

void LessonCard::draw(PanelContext& context, ImVec2 anchor) {
  if (!begin_card("##lesson.card", {.at = anchor, .width = 360, .stays = true}, open_)) return;
  const Scene& scene = context.snapshot().setup->scene;
  card_head(scene.title.empty() ? scene.name : scene.title);
  paragraph(scene.description.empty() ? std::string(text::kNoDescription) : scene.description, theme().ink);
  if (const std::string& words = context.look_for->of_window(context); !words.empty()) {
    list_head(text::kLookFor);
    paragraph(words, theme().ink);
  }
  if (context.snapshot().data().hash != context.snapshot().opening->setup->data->hash)
    note(text::kOtherPoints);
  end_card();
}

}  // namespace iem::gui
