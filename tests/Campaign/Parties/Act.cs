namespace Handoff.Campaign.Tests.Parties;

// What the scenario may tell an owner to do, with one of the sockets that it holds.
internal enum Act
{
    Release,
    ReleaseToSeveral,
    ReleaseForwardable,
    ReleaseAgain,
    ReleaseAll,
    Lend,
    Return,
    Revoke,
    Write,
    WriteUnflushed,
    Consume,
    ChangeReading,
    ChangeFilter,
    Splice,
    Unsplice,
    SendLetter,
    GoOnReading,
    SetHeir,
    FinishSending,
    UseStaleHandle,
    AnswerLate,
    Close,
    Abort,
    Crash,
    Drain,
    CloseAll,
}
