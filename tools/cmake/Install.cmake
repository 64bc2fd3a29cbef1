# What is installed of the library: headers, the library itself, and what CMake and pkg-config need to find them.
include(CMakePackageConfigHelpers)

# The programs find the library beside them, wherever the tree is put.
file(RELATIVE_PATH library_from_binary ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR})
set(CMAKE_INSTALL_RPATH "$ORIGIN/${library_from_binary}")

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/mailconf)
install(TARGETS mailconf EXPORT mailconfTargets)
install(DIRECTORY resolver/include/mailconf DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(EXPORT mailconfTargets NAMESPACE mailconf:: DESTINATION ${package_folder})

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/mailconfConfig.cmake.in
  ${CMAKE_BINARY_DIR}/mailconfConfig.cmake INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/mailconfConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/mailconfConfig.cmake ${CMAKE_BINARY_DIR}/mailconfConfigVersion.cmake
        DESTINATION ${package_folder})

# A static library does not bring along what it is made with.
if(BUILD_SHARED_LIBS)
  set(private .private)
else()
  set(libraries_with_it " -lboost_json -pthread")
endif()
file(RELATIVE_PATH prefix_from_pc ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(${CMAKE_CURRENT_LIST_DIR}/mailconf.pc.in ${CMAKE_BINARY_DIR}/mailconf.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/mailconf.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(FILES data/schema/result.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/mailconf/schema)
