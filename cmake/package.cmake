# cmake --build build/release --target package: a Debian package and an archive of the same files, in build/release; an
# archive for every Linux in build/portable, and a ZIP for Windows in build/windows.
if(IEM_PLATFORM STREQUAL "windows")
  set(CPACK_GENERATOR ZIP)
elseif(IEMLAB_BUNDLED)
  set(CPACK_GENERATOR TGZ)
else()
  set(CPACK_GENERATOR DEB TGZ)
endif()
set(CPACK_PACKAGE_NAME iemlab)
set(CPACK_PACKAGE_VENDOR "Implicit EM Lab")
set(CPACK_PACKAGE_CONTACT "Implicit EM Lab <iemlab@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "A laboratory of implicit expectation-maximisation")
set(CPACK_PACKAGE_DESCRIPTION
  "Shows, live and checked against the running state, that gradient descent on\n log-sum-exp objectives is expectation-maximisation: in mixtures, attention,\n classifiers and activation functions.")
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGE_FILE_NAME iemlab-${PROJECT_VERSION}-${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR})
if(IEM_ZIG)
  string(APPEND CPACK_PACKAGE_FILE_NAME -portable)
endif()
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
# dpkg-shlibdeps finds what is linked; what GLFW loads by itself when a window opens is named here.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS
  "libegl1, libgl1, libx11-6, libxrandr2, libxinerama1, libxcursor1, libxi6, libxkbcommon0, libwayland-client0, libwayland-cursor0, libwayland-egl1")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "ffmpeg, zenity | kdialog, xclip | wl-clipboard")
include(CPack)
