# What the program is made of: name, version and licence of each part, for the About box and docs/third_party.md.
# The generated iem_version.h lists them; the texts are embedded as licences/ID.txt, from the archive or, for what
# comes from the distribution, from assets/licences/.

set(IEM_ARCHIVE_LICENCES)  # "licences/ID.txt|path", embedded by iem_embed_assets
set(IEM_PARTS_TABLE "")

# iem_part(<id> <name> <version> <licence> [file of the archive with the licence's text])
function(iem_part id name version licence)
  if(ARGC GREATER 4)
    set(IEM_ARCHIVE_LICENCES ${IEM_ARCHIVE_LICENCES} "licences/${id}.txt|${IEM_TP}/${ARGV4}" PARENT_SCOPE)
  endif()
  set(IEM_PARTS_TABLE "${IEM_PARTS_TABLE}    {\"${name}\", \"${version}\", \"${licence}\", \"licences/${id}.txt\"},\n" PARENT_SCOPE)
endfunction()

iem_part(imgui "Dear ImGui" 1.93.0 MIT imgui/imgui/LICENSE.txt)
iem_part(implot ImPlot "1.1 WIP" MIT implot/implot/LICENSE)
iem_part(glfw GLFW 3.5.1 zlib glfw/glfw/LICENSE.md)
iem_part(imgui_rich_md imgui_rich_md 1.0.0 MIT imgui_rich_md/imgui_rich_md/LICENSE)
iem_part(md4c md4c 0.5.2 MIT imgui_rich_md/imgui_rich_md/external/md4c/LICENSE.md)
iem_part(microtex MicroTeX 1.0.0 MIT imgui_microtex/MicroTeX/LICENSE)
iem_part(imgui_command_palette imgui-command-palette "of Dear ImGui Bundle 1.93.0" MIT imgui-command-palette/imgui-command-palette/LICENSE)
iem_part(portable_file_dialogs "Portable File Dialogs" "of Dear ImGui Bundle 1.93.0" WTFPL)
iem_part(stb_image stb_image 2.29 "public domain / MIT")
iem_part(glad glad 2 "public domain")
iem_part(eigen Eigen ${Eigen3_VERSION} MPL-2.0)
iem_part(tomlplusplus toml++ ${tomlplusplus_VERSION} MIT)
iem_part(nlohmann_json "JSON for Modern C++" ${nlohmann_json_VERSION} MIT)
iem_part(cli11 CLI11 ${CLI11_VERSION} BSD-3-Clause)
iem_part(musl "musl (mathematical functions)" 1.2 MIT)
iem_part(cairo cairo ${iem_cairo_cairo_VERSION} "LGPL-2.1 or MPL-1.1")
iem_part(harfbuzz HarfBuzz ${iem_cairo_harfbuzz_VERSION} "Old MIT")
iem_part(freetype FreeType ${FREETYPE_VERSION_STRING} FTL)
iem_part(libwebp libwebp ${iem_webp_libwebp_VERSION} BSD-3-Clause)
file(STRINGS ${IEM_GIF_INCLUDE_DIR}/gif_lib.h gif_version REGEX "define GIFLIB_(MAJOR|MINOR|RELEASE) ")
string(REGEX REPLACE "[^0-9]+" "." gif_version "${gif_version}")
string(REGEX REPLACE "^\\.|\\.$" "" gif_version "${gif_version}")
iem_part(giflib giflib "${gif_version}" MIT)
iem_part(zlib zlib ${ZLIB_VERSION_STRING} zlib)
iem_part(roboto Roboto 2 Apache-2.0 imgui_rich_md/imgui_rich_md/assets/fonts/Roboto/LICENSE.txt)
iem_part(inconsolata Inconsolata 3 OFL-1.1 imgui_rich_md/imgui_rich_md/assets/fonts/Inconsolata-LICENSE-OFL.txt)
iem_part(latin_modern_math "Latin Modern Math" 1.959 GUST imgui_rich_md/imgui_rich_md/assets/fonts/latex/GUST-FONT-LICENSE.txt)
iem_part(font_awesome "Font Awesome 6 Free" 6.5.1 OFL-1.1 hello_imgui/hello_imgui/hello_imgui_assets/fonts/LICENSE-FontAwesome.txt)

iem_part(digits "Optical Recognition of Handwritten Digits" 1998 CC-BY-4.0)

configure_file(${CMAKE_SOURCE_DIR}/cmake/iem_version.h.in ${CMAKE_BINARY_DIR}/generated/iem_version.h @ONLY)
