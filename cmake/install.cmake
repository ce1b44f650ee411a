# Everything the program reads is inside the binary; what is installed beside it is for the desktop and the shell.
include(GNUInstallDirs)
set(packaging ${CMAKE_SOURCE_DIR}/assets/packaging)
install(TARGETS iemlab RUNTIME)
install(FILES ${packaging}/iemlab.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES ${packaging}/iemlab.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES ${packaging}/iemlab-mime.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages RENAME iemlab.xml)
# The program writes its manual, in which the options are those it has.
install(CODE "execute_process(COMMAND \"$<TARGET_FILE:iemlab>\" manual \"${packaging}/iemlab.1.in\"
  OUTPUT_FILE \"${CMAKE_BINARY_DIR}/iemlab.1\" COMMAND_ERROR_IS_FATAL ANY)")
install(FILES ${CMAKE_BINARY_DIR}/iemlab.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${packaging}/iemlab.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME iemlab)
install(FILES ${packaging}/_iemlab DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES ${packaging}/iemlab.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
if(IEMLAB_BUNDLED)
  install(DIRECTORY ${IEM_LICENCE_FOLDER} DESTINATION ${CMAKE_INSTALL_DOCDIR})
endif()
