# The libraries this program is built from, as small targets of our own. None of the archive's build files is
# used but GLFW's. All are SYSTEM (their headers raise no warnings in our code) and compiled with warnings off.

# --- from the distribution, or as it is elsewhere ---
find_package(Threads REQUIRED)
if(IEMLAB_BUNDLED)
  include(cmake/bundled.cmake)
else()
  include(cmake/distribution.cmake)
endif()
# Eigen's packets differ from one instruction set to the next, and with them the order of its sums. Here for everything
# that includes Eigen, since its types would be laid out differently too. The hot loops are core/math/simd.h.
target_compile_definitions(Eigen3::Eigen INTERFACE EIGEN_DONT_VECTORIZE)

# --- from the archive ---
iem_find_third_party(IEM_TP)

# Their paths, too, are relative in the binary. Only the cache's path is named here, so that a compiler cache serves
# every checkout.
set(third_party_prefix_map -ffile-prefix-map=${IEM_TP}/=)

# Undefined behaviour is looked for in our code: elsewhere it is not ours to mend, and ImPlot's templates would take
# minutes to compile with the checks.
if(IEMLAB_SANITIZE MATCHES "undefined")
  set(third_party_sanitize -fno-sanitize=undefined)
endif()

# A static library of somebody else's sources; OBJECTS: their objects alone.
function(iem_third_party_library name)
  cmake_parse_arguments(ARG "OBJECTS" "" "SOURCES;INCLUDES;LINK;PUBLIC_DEFINES;PRIVATE_DEFINES" ${ARGN})
  set(kind STATIC)
  if(ARG_OBJECTS)
    set(kind OBJECT)
  endif()
  add_library(${name} ${kind} EXCLUDE_FROM_ALL ${ARG_SOURCES})
  target_compile_options(${name} PRIVATE -w ${third_party_prefix_map} ${third_party_sanitize})
  target_include_directories(${name} SYSTEM PUBLIC ${ARG_INCLUDES})
  target_link_libraries(${name} PUBLIC ${ARG_LINK})
  target_compile_definitions(${name} PUBLIC ${ARG_PUBLIC_DEFINES} PRIVATE ${ARG_PRIVATE_DEFINES})
endfunction()

# Window and OpenGL.
if(IEM_PLATFORM STREQUAL "web")
  # Emscripten brings both: a GLFW of its own, and OpenGL ES 3 as WebGL 2, which needs no loader.
  add_library(glfw INTERFACE)
  target_link_options(glfw INTERFACE -sUSE_GLFW=3)
  add_library(iem_glad INTERFACE)
  target_include_directories(iem_glad SYSTEM INTERFACE ${CMAKE_SOURCE_DIR}/cmake/web)
else()
  include(cmake/desktop_window.cmake)
endif()

# Dear ImGui's headers. What is built on it compiles against these alone and takes its symbols from whichever ImGui
# the executable links: the plain one, or the one with the test engine's hooks. So it is compiled once. (The hooks
# change no struct.)
add_library(iem_imgui_headers INTERFACE)
target_include_directories(iem_imgui_headers SYSTEM INTERFACE
  ${IEM_TP}/imgui/imgui ${IEM_TP}/imgui/imgui/backends ${IEM_TP}/imgui/imgui/misc/cpp ${IEM_TP}/imgui/imgui/misc/freetype)
target_compile_definitions(iem_imgui_headers INTERFACE
  IMGUI_ENABLE_FREETYPE IMGUI_DISABLE_OBSOLETE_FUNCTIONS IMGUI_DISABLE_DEMO_WINDOWS
  $<$<STREQUAL:${IEM_PLATFORM},web>:IMGUI_IMPL_OPENGL_ES3>)

# Three of its files call the hooks.
set(imgui_calling_hooks)
foreach(file imgui imgui_tables imgui_widgets)
  list(APPEND imgui_calling_hooks ${IEM_TP}/imgui/imgui/${file}.cpp)
endforeach()
set(imgui_others)
foreach(file imgui_draw imgui_demo imgui_stacklayout
        misc/cpp/imgui_stdlib misc/freetype/imgui_freetype backends/imgui_impl_glfw backends/imgui_impl_opengl3)
  list(APPEND imgui_others ${IEM_TP}/imgui/imgui/${file}.cpp)
endforeach()
# GLFW's header would include the system's OpenGL header, which a machine need not have.
iem_third_party_library(iem_imgui_others OBJECTS SOURCES ${imgui_others} LINK iem_imgui_headers glfw Freetype::Freetype
  PRIVATE_DEFINES GLFW_INCLUDE_NONE)
set(imgui_links iem_imgui_headers glfw Freetype::Freetype ${CMAKE_DL_LIBS})
iem_third_party_library(iem_imgui_plain
  SOURCES ${imgui_calling_hooks} $<TARGET_OBJECTS:iem_imgui_others> LINK ${imgui_links})

# ImPlot for double only: the eleven other number types are most of its compile time.
iem_third_party_library(iem_implot
  SOURCES ${IEM_TP}/implot/implot/implot.cpp ${IEM_TP}/implot/implot/implot_items.cpp
  INCLUDES ${IEM_TP}/implot/implot LINK iem_imgui_headers
  PUBLIC_DEFINES "IMPLOT_CUSTOM_NUMERIC_TYPES=(double)")
# What is drawn in a plot is ours: of this file nothing is called but the function that forgets its items.
set_source_files_properties(${IEM_TP}/implot/implot/implot_items.cpp PROPERTIES COMPILE_OPTIONS $<$<CONFIG:Release>:-O0>)

iem_third_party_library(iem_command_palette
  SOURCES ${IEM_TP}/imgui-command-palette/imgui-command-palette/imcmd_command_palette.cpp
          ${IEM_TP}/imgui-command-palette/imgui-command-palette/imcmd_fuzzy_search.cpp
  INCLUDES ${IEM_TP}/imgui-command-palette/imgui-command-palette LINK iem_imgui_headers)

add_library(iem_file_dialogs INTERFACE)
target_include_directories(iem_file_dialogs SYSTEM INTERFACE ${IEM_TP}/portable_file_dialogs/portable_file_dialogs)

# MicroTeX: the layout of formulas. Only the library; what a formula is drawn on is ours (its drawing interface
# is one global factory, so the window and the paper must share one implementation).
file(GLOB_RECURSE microtex_sources ${IEM_TP}/imgui_microtex/MicroTeX/lib/*.cpp)
list(FILTER microtex_sources EXCLUDE REGEX "/lib/wrapper/")
set(microtex_config ${CMAKE_BINARY_DIR}/third_party/microtex)
file(WRITE ${microtex_config}/microtexconfig.h.new
  "#pragma once\n#define MICROTEX_VERSION_MAJOR 1\n#define MICROTEX_VERSION_MINOR 0\n#define MICROTEX_VERSION_PATCH 0\n")
file(COPY_FILE ${microtex_config}/microtexconfig.h.new ${microtex_config}/microtexconfig.h ONLY_IF_DIFFERENT)
iem_third_party_library(iem_microtex SOURCES ${microtex_sources}
  INCLUDES ${IEM_TP}/imgui_microtex/MicroTeX/lib ${microtex_config}
  PRIVATE_DEFINES GLYPH_RENDER_TYPE=2)  # 2: glyphs come from the font file, no outlines in the metrics file
# Sixty small files with the same large headers compile three times faster in a few pieces (those of unimath/ define
# macros that do not mix).
file(GLOB microtex_alone ${IEM_TP}/imgui_microtex/MicroTeX/lib/unimath/*.cpp)
set_source_files_properties(${microtex_alone} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
# Formulas are laid out once and kept: compiled sooner instead of running faster.
target_compile_options(iem_microtex PRIVATE $<$<CONFIG:Release>:-O1>)
set_target_properties(iem_microtex PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 16)
# This one file asks for the locale en_US.UTF-8 and throws where it is not installed; for Windows it takes "C",
# which is always there and enough for formulas.
set_source_files_properties(${IEM_TP}/imgui_microtex/MicroTeX/lib/utils/utils.cpp PROPERTIES COMPILE_DEFINITIONS __WIN32__)

# Markdown, read as CommonMark. How it is set is ours, so that window and paper set it alike.
set(md4c ${IEM_TP}/imgui_rich_md/imgui_rich_md/external/md4c/src)
iem_third_party_library(iem_md4c SOURCES ${md4c}/md4c.c INCLUDES ${md4c})

# What the window links: everything above on the plain ImGui, or, in an executable with the property IEM_HOOKS, on one
# with hooks. Engine and ImGui call each other, hence one library. Never shipped.
add_library(iem_imgui INTERFACE)
target_link_libraries(iem_imgui INTERFACE iem_command_palette iem_implot
  $<IF:$<BOOL:$<TARGET_PROPERTY:IEM_HOOKS>>,iem_imgui_hooked,iem_imgui_plain>)

if(IEMLAB_TESTS)
  file(GLOB test_engine_sources ${IEM_TP}/imgui_test_engine/imgui_test_engine/imgui_test_engine/*.cpp)
  iem_third_party_library(iem_imgui_hooked
    SOURCES ${imgui_calling_hooks} $<TARGET_OBJECTS:iem_imgui_others> ${test_engine_sources}
    INCLUDES ${IEM_TP}/imgui_test_engine/imgui_test_engine
             ${IEM_TP}/imgui_test_engine/imgui_test_engine/imgui_test_engine
    LINK ${imgui_links} Threads::Threads
    PUBLIC_DEFINES IMGUI_ENABLE_TEST_ENGINE IMGUI_TEST_ENGINE_ENABLE_CAPTURE=1
                   IMGUI_TEST_ENGINE_ENABLE_COROUTINE_STDTHREAD_IMPL=1
    PRIVATE_DEFINES GLFW_INCLUDE_NONE)
  # Compiled for tests alone, it need not be fast.
  target_compile_options(iem_imgui_hooked PRIVATE $<$<CONFIG:Release>:-O1>)
endif()
