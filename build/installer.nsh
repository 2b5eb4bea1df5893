; The roost-relay command: a shim in the folder that Windows 10 and 11 have on every user's PATH. After `--`, since
; Electron on Windows ends at any argument that follows one which looks like an address (electron/electron#16889).
;
; cmd reads a script in the console's own code page, which is not the one that FileWrite writes: of C:\Users\Peña it
; would make another folder. So the script names no person: cmd itself puts in where the profile lies.
!macro customInstall
  StrLen $1 "$LOCALAPPDATA\"
  StrCpy $2 $INSTDIR $1
  ${if} $2 == "$LOCALAPPDATA\"
    StrCpy $2 $INSTDIR "" $1
    StrCpy $2 "%LOCALAPPDATA%\$2"
  ${else}
    StrCpy $2 $INSTDIR
  ${endif}
  CreateDirectory "$LOCALAPPDATA\Microsoft\WindowsApps"
  FileOpen $0 "$LOCALAPPDATA\Microsoft\WindowsApps\roost-relay.cmd" w
  FileWrite $0 '@"$2\${APP_EXECUTABLE_FILENAME}" -- cli %*$\r$\n'
  FileClose $0
!macroend

; What the app itself enters for this account: its start at login, and what a click on a toast starts (electron/main.ts).
; An update uninstalls the version before it, and keeps them.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    Delete "$LOCALAPPDATA\Microsoft\WindowsApps\roost-relay.cmd"
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "${APP_ID}"
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "${APP_ID}"
    DeleteRegKey HKCU "Software\Classes\CLSID\{7B1C1E0A-52D4-4C0E-9A37-6D0F3B6B2C41}"
  ${endif}
!macroend
