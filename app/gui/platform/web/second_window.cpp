// A page has one canvas: the presenter's notes stay a panel of it.
#include "app/gui/platform/second_window.h"

namespace iem::gui {

bool SecondWindow::has_second_monitor(GLFWwindow* /*main*/) { return false; }
SecondWindow::SecondWindow(GLFWwindow* main, const char* /*title*/) : main_(main) {}
SecondWindow::~SecondWindow() = default;
bool SecondWindow::is_open() const { return false; }
void SecondWindow::measure() {}
bool SecondWindow::take_stale() { return false; }
void SecondWindow::set_title(const std::string& /*title*/) {}
std::vector<ImGuiKey> SecondWindow::take_keys() { return {}; }
void SecondWindow::show(const paint::Image& /*image*/) {}

}  // namespace iem::gui
