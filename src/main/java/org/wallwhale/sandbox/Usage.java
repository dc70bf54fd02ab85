package org.wallwhale.sandbox;

/** What a call without arguments prints. */
final class Usage {
    static final String TEXT = """

            Usage - downloading a Workshop item:
              DepotDownloader -app <id> -pubfile <id> [-username <name> [-remember-password]] [other options]

              -app <#>                  the app the item is for
              -pubfile <#>              the published file id, the number in the Workshop address
              -ugc <#>                  the UGC handle, which is another number
              -username <name>          the account to log in with; without it the login is anonymous
              -password <password>      its password; better left out, the program asks on standard input
              -remember-password        use the stored login of that account, if there is one
              -qr                       log in by scanning a code
              -no-mobile                type the authenticator's code instead of approving in the app
              -loginid <#>              the number of the session
              -dir <folder>             where the content goes
              -filelist <file>          only the files named there, or matching its regex: lines
              -validate                 check files that are already there
              -manifest-only            write the list of files instead of the files
              -cellid <#>               the content region
              -max-downloads <#>        chunks at a time, 8 unless given
              -use-lancache             look for a cache in the local network
              -debug                    say much more
              -V, --version             the version of the program
            """;

    private Usage() {
    }
}
