using Akka.Actor;
using Akka.Event;
using Handoff.Campaign.Tests.Checking;
using Handoff.Campaign.Tests.Parties;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.TestKit.Simulation;
using Handoff.Transport.Ownership;

namespace Handoff.Campaign.Tests.Running;

// What has to be true at the end of a scenario, whatever happened in it.
internal static class Ending
{
    public static bool AllAreOver(Crew crew) =>
        crew.Ledger.Books.All(book => book.IsClosed || (book.Line is null && book.Mail is null or { IsWhole: true }));

    // Whoever holds a connection that nothing broke reads all of it, to the end.
    public static void CheckLiveness(Crew crew, Scenario scenario)
    {
        MarkBroken(scenario);
        foreach (var book in crew.Ledger.Books)
        {
            book.CheckLoan(crew.System.Clock.Elapsed);
            if (book is { Mail.IsWhole: false, IsClosed: false })
                crew.Ledger.Violate($"{book} has not got what was accepted for it");
            if (book.Line is not { IsBroken: false, HasPeer: true } line || book.IsClosed) continue;
            if (book.Splice is { IsStuck: true }) continue;
            crew.Ledger.Violate(
                $"{book} does not come to its end: {line.PeerSent} bytes sent, {book.Consumed} consumed");
        }
    }

    public static void Check(Crew crew, Scenario scenario, SimulatedNetwork network, IReadOnlyList<LogEvent> logged)
    {
        if (crew.Ledger.Violation is not null) return;
        MarkBroken(scenario);
        foreach (var line in crew.Ledger.Lines) CheckLine(crew, line);
        foreach (var book in crew.Ledger.Books) CheckBook(crew, book);
        foreach (var question in crew.Ledger.Questions) CheckQuestion(crew, question);
        foreach (var splice in crew.Ledger.Splices) splice.CheckEnd(crew.IsDead);
        foreach (var defect in scenario.Defects) crew.Ledger.Violate(defect.ToString());
        foreach (var entry in logged.Where(entry => entry.Cause is not CrashException))
            crew.Ledger.Violate($"logged: {entry}");
    }

    // An actor that is gone watches nobody.
    public static void CheckLeaks(Crew crew, SimulatedNetwork network, OpenOffers offers)
    {
        if (crew.Ledger.Violation is not null) return;
        if (crew.Index.Count > 0) crew.Ledger.Violate($"{crew.Index.Count} sockets are in the index of owners");
        if (offers.Count > 0) crew.Ledger.Violate($"{offers.Count} actors have open offers, by the quota");
        new ActorSelection(crew.Sockets, "*").Tell(new Identify(nameof(CheckLeaks)), crew.Guardian);
        crew.System.RunUntilIdle();
        foreach (var left in crew.Left) crew.Ledger.Violate($"{left} lives on");
        if (network.OpenSockets > 0) crew.Ledger.Violate($"{network.OpenSockets} sockets of the network are open");
        network.Dispose();
        if (crew.System.Clock.Pending > 0) crew.Ledger.Violate($"{crew.System.Clock.Pending} timers are set");
    }

    // A peer that read the end has read all that was accepted before it.
    private static void CheckLine(Crew crew, Line line)
    {
        if (line.IsBroken || !line.PeerSawEnd) return;
        var written = crew.Ledger.Books.FirstOrDefault(book => book.Line == line)?.Written ?? 0;
        if (line.PeerReceived < written)
            crew.Ledger.Violate($"peer {line.Port} read the end after {line.PeerReceived} of {written} bytes");
    }

    private static void CheckBook(Crew crew, Book book)
    {
        if (!book.IsClosed) crew.Ledger.Violate($"{book} is left");
        if (book.LastHolder is { } last && !crew.IsDead(last) && book.ClosedTold == 0)
            crew.Ledger.Violate($"{last.Path.Name} was not told that it is closed: {book}");
        foreach (var untold in book.Untold.Where(untold => !crew.IsDead(untold.Owner)))
            crew.Ledger.Violate($"{untold.Owner.Path.Name} was not told that it acquired: {book}");
        foreach (var loan in book.Loans) CheckLoan(crew, book, loan);
        foreach (var offer in book.Offers)
        {
            foreach (var (target, told) in offer.All) CheckOffer(crew, book, offer, target, told);
        }
    }

    private static void CheckLoan(Crew crew, Book book, LoanBook loan)
    {
        var isLenderOwed = loan.Lender is { } lender && !crew.IsDead(lender) && loan.LenderTold == 0;
        var isBorrowerOwed = loan is { Ended: LoanOutcome.Expired or LoanOutcome.Returned, BorrowerTold: 0 }
            && !crew.IsDead(loan.Borrower);
        if (isLenderOwed || isBorrowerOwed) crew.Ledger.Violate($"of a {loan} not everybody was told: {book}");
    }

    private static void CheckOffer(Crew crew, Book book, OfferBook offer, IActorRef target, OfferBook.Told told)
    {
        if (crew.IsDead(target) || told.Offered == 0 || offer.IsForwarded) return;
        var isOthers = offer.Winner is not null && !offer.Winner.Equals(target) && told.Withdrawn == 0;
        if (told.Withdrawn + told.Acquired == 1 || (isOthers && offer.IsForwardable)) return;
        crew.Ledger.Violate(
            $"{target.Path.Name} was told {told.Withdrawn + told.Acquired} ends of offer {offer.Number}: {book}");
    }

    private static void CheckQuestion(Crew crew, Ledger.Question question)
    {
        if (crew.IsDead(question.Sender) || !question.WasDecided || question.Answers == 1) return;
        // What waits for room, or to be taken up again, when its socket closes is answered by that.
        var mayWait = question.Command is Write or SendTo or Reattach;
        if (mayWait && crew.Ledger.Book(Id(question.Command)).ClosedTold > 0) return;
        // A command that worked for one who has no right to it.
        crew.Ledger.Violate($"{question.Sender.Path.Name} was told {question.Answers} answers to {question.Command}");
    }

    private static long Id(object command) => command switch
    {
        Write write => write.Handle.Id,
        SendTo send => send.Handle.Id,
        Reattach reattach => reattach.Handle.Id,
        _ => 0,
    };

    private static void MarkBroken(Scenario scenario)
    {
        foreach (var peer in scenario.Peers)
        {
            if (peer.Link.IsFaulted) peer.Line.IsBroken = true;
        }
    }
}
