; The roost-relay command: a shim in the folder that Windows 10 and 11 have on every user's PATH. After `--`, since Electron
; on Windows ends at any argument that follows one which looks like an address (electron/electron#16889).
!macro customInstall
  FileOpen $0 "$LOCALAPPDATA\Microsoft\WindowsApps\roost-relay.cmd" w
  FileWrite $0 '@"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- cli %*$\r$\n'
  FileClose $0
!macroend

!macro customUnInstall
  Delete "$LOCALAPPDATA\Microsoft\WindowsApps\roost-relay.cmd"
!macroend
