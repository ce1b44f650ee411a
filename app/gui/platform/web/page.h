// What the page does for the program; the functions are in page.js. Texts are UTF-8 with a zero behind them,
// and what a function gives back the caller frees.
#pragma once

extern "C" {

void iem_page_copy(const char* text);     // into the clipboard
char* iem_page_clipboard();               // what was copied or pasted last
int iem_page_copy_png(const char* path);  // whether the browser has a clipboard for pictures

void iem_page_choose_file(const char* endings);  // ".toml,.csv"
// Null: the dialog is still open; empty: nothing was chosen.
char* iem_page_chosen_file();

char* iem_page_address();  // of this page, without what stands behind ? and #
void iem_page_set_cursor(const char* css_name);
void iem_page_toggle_fullscreen();
int iem_page_is_mac();

char* iem_page_own_id();               // of this tab
int iem_page_is_open(const char* id);  // whether a tab of this browser, also another, has the id
}
