using Akka.Actor;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport.Ownership;
using Event = Handoff.Transport.Ownership.OwnershipEvent<Akka.Actor.IActorRef>;
using State = Handoff.Transport.Ownership.OwnershipState<Akka.Actor.IActorRef>;

namespace Handoff.Campaign.Tests.Checking;

// All that is known in a scenario, and the first thing that was wrong. Sockets tell it each step of their ownership
// table, actors what they are told, and peers what they see.
internal sealed class Ledger(Deciding inner, Func<TimeSpan> now, Post post)
{
    private readonly Dictionary<long, Book> _books = [];
    private readonly Dictionary<int, Line> _lines = [];
    private readonly Dictionary<object, Question> _questions = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Splice, SpliceBook> _splices = new(ReferenceEqualityComparer.Instance);

    public History? History { get; init; }

    public TimeSpan Now => now();

    public Post Post => post;

    // Owners that crashed or stopped, and results that were kept open: blocks may be left to the garbage collector.
    public bool HasTorn { get; set; }

    // Connections that nobody ever had: one that is dropped while its filter has a read open keeps its block.
    public bool HasStrays =>
        _lines.Values.Any(line => line.HasPeer && _books.Values.All(book => book.Line != line));

    // Bytes that an accepted connection has to have brought before its acceptor is shown it; 0 for any.
    public int LeastShown { get; set; }

    // What came to pass, by name: a campaign that never gets somewhere says nothing about it.
    public HashSet<string> Reached { get; } = [];

    public string? Violation { get; private set; }

    public IEnumerable<Book> Books => _books.Values;

    public IEnumerable<Line> Lines => _lines.Values;

    public IEnumerable<Question> Questions => _questions.Values;

    public IEnumerable<SpliceBook> Splices => _splices.Values;

    public void Violate(string what)
    {
        what = Names.In(what);
        History?.Add($"VIOLATION {what}");
        Violation ??= what;
    }

    public Line Line(int port)
    {
        if (!_lines.TryGetValue(port, out var line)) _lines[port] = line = new Line(port);
        return line;
    }

    public Book Book(long id)
    {
        if (!_books.TryGetValue(id, out var book)) _books[id] = book = new Book(this, id);
        return book;
    }

    public Transition<IActorRef> Decide(long socket, State state, Event what, object? command)
    {
        var book = Book(socket);
        if (book.Epoch == 0) book.Born(state);
        book.Settle(state);
        book.CheckLoan(Now);
        var step = inner(socket, state, what, command);
        if (command is not null && _questions.TryGetValue(command, out var question)) question.WasDecided = true;
        if (step.Refusal is null)
        {
            if (Watches.WhyNot(state, step) is { } unbalanced) Violate($"{unbalanced}: {book}");
            if (what is Event.Release && state is not State.Held) Violate($"{command} of what is on offer: {book}");
            if (step.Actions.Count > 0) book.Follow(step, what, command);
            else if (command is Consumed ack && ack.Handle.Epoch == book.Epoch) book.Consume(ack.Position);
        }

        var came = step.Refusal?.Code.ToString() ?? step.Next.GetType().Name;
        History?.Add($"{book}: {what.GetType().Name} -> {came}");
        return step;
    }

    // A command that has to be answered, once.
    public void Asked(object command, IActorRef sender, int pushedBack = 0) =>
        _questions[command] = new Question(command, sender, pushedBack);

    public void Answered(object command, string how)
    {
        Reached.Add($"{command.GetType().Name}: {how}");
        if (!_questions.TryGetValue(command, out var question)) return;
        if (++question.Answers > 1)
            Violate($"{question.Sender.Path.Name} was told {how} after {question.LastAnswer} for one {command}");
        question.LastAnswer = how;
    }

    // An outcome tells whether ownership moved, and it has to have.
    public void Ended(Release release, string how, IActorRef? by)
    {
        Answered(release, how);
        if (_questions.GetValueOrDefault(release)?.Offer is not { } offer) return;
        if (!Equals(offer.Winner, by))
        {
            Violate($"{release}: {how} {by?.Path.Name}, but the offer was acquired by "
                + $"{offer.Winner?.Path.Name ?? "nobody"}");
        }
    }

    // One of a ReleaseAll nobody has asked for: its owner is told of it all the same.
    public void Began(Release release, Book book)
    {
        if (!_questions.TryGetValue(release, out var question))
            _questions[release] = question = new Question(release, book.Holder!, pushedBack: 0) { WasDecided = true };
        question.Offer = book.Offer(book.LastOffer);
    }

    public int PushedBack(Release release) => _questions.GetValueOrDefault(release)?.PushedBack ?? 0;

    public void Offered(IActorRef target, Offered offered)
    {
        var book = BookOf(offered.Facts);
        var offer = book.Offer(offered.Offer.Number);
        if (book.Epoch == 0 && offered.Facts.Kind is SocketKind.Connection && LeastShown > 0)
        {
            Reached.Add("Offered: after a filter");
            if (offered.Facts.Unread < LeastShown)
                Violate($"{target.Path.Name} is shown {offered.Facts.Unread} bytes of {LeastShown}: {book}");
        }

        if (++offer.To(target).Offered > 1 && !offer.IsForwarded)
            Violate($"{target.Path.Name} was offered {offered.Offer} twice");
    }

    // The first, because it arrives first: it is the one that ends the offer, and a later one comes too late.
    public void Declined(IActorRef target, Decline decline) =>
        Book(decline.Offer.Id).Offer(decline.Offer.Number).To(target).Decline ??= decline;

    public void Withdrawn(IActorRef target, Withdrawn withdrawn)
    {
        Reached.Add($"Withdrawn: {withdrawn.Outcome}");
        var told = Book(withdrawn.Offer.Id).Offer(withdrawn.Offer.Number).To(target);
        if (withdrawn.Outcome is OfferOutcome.Declined && told.Decline is { } decline) Answered(decline, "Withdrawn");
        if (++told.Withdrawn > 1)
            Violate($"{target.Path.Name} was told of {withdrawn.Offer} twice: {withdrawn.Outcome}");
        if (told.Acquired > 0)
            Violate($"{target.Path.Name} acquired by {withdrawn.Offer} and was told {withdrawn.Outcome}, too");
    }

    public void Returned(IActorRef lender, Returned returned)
    {
        Reached.Add($"Returned: {returned.Outcome}");
        var loan = Book(returned.Release.Handle.Id).Loans.FirstOrDefault(loan => loan.Release == returned.Release);
        if (loan is null || !lender.Equals(loan.Lender) || loan.Ended != returned.Outcome || ++loan.LenderTold > 1)
            Violate($"{lender.Path.Name} is told that its {returned.Release} is {returned.Outcome}, of a {loan}");
    }

    public void LoanOver(IActorRef borrower, LoanOver over)
    {
        Reached.Add($"LoanOver: {over.Outcome}");
        var loan = Book(over.Id).Loans.FirstOrDefault(loan => loan.Epoch == over.Epoch);
        if (loan?.By is Return or Reattach) Answered(loan.By, "LoanOver");
        if (loan is null || !borrower.Equals(loan.Borrower) || loan.Ended != over.Outcome || ++loan.BorrowerTold > 1)
            Violate($"{borrower.Path.Name} is told {over}, of a {loan}");
    }

    public void Asked(Splice splice, IActorRef owner, SpliceBook.Place near, SpliceBook.Place far)
    {
        Asked((object)splice, owner);
        _splices[splice] = new SpliceBook(this, splice, owner, near, far);
    }

    public SpliceBook SpliceOf(Splice splice) => _splices[splice];

    public void Confirmed(Splice splice) => _splices[splice].IsConfirmed = true;

    public void Refused(Splice splice) => _splices[splice].Refused();

    public void Ended(SpliceEnded ended)
    {
        Reached.Add($"SpliceEnded: {ended.Why}");
        _splices[ended.Splice].Ended(ended);
    }

    // It is answered whatever becomes of its sockets.
    public void Asked(ReleaseAll all, IActorRef owner)
    {
        Asked((object)all, owner);
        _questions[all].WasDecided = true;
    }

    public void Ended(AllReleased all)
    {
        Answered(all.Command, all.Failed.Count == 0 ? "AllReleased" : "AllReleased in part");
        var acquired = _questions.Values.Count(question => question.Offer?.Winner is not null
            && question.Command is Release { Attachment: { } token } && token == all.Command.Attachment);
        var handles = all.Failed.Select(failed => failed.Handle).Distinct().Count() + all.Released;
        if (all.Released != acquired || handles != all.Command.Handles.Count)
            Violate($"{all} of {all.Command.Handles.Count} sockets, and {acquired} were acquired");
    }

    public void Acquired(IActorRef owner, Acquired acquired)
    {
        var book = BookOf(acquired.Facts);
        if (book.Epoch == 0) book.Born(owner);
        book.Told(owner, acquired);
    }

    public void Closed(IActorRef owner, Closed closed)
    {
        var book = Book(closed.Handle.Id);
        Reached.Add($"Closed: {closed.Result.Code}");
        if (book.Splice is { } splice && splice.IsOwed(owner))
            Violate($"{owner.Path.Name} is told that a socket is closed before {splice} ended: {book}");
        if (++book.ClosedTold > 1) Violate($"{owner.Path.Name} is told twice: {closed.Result}: {book}");
    }

    public Book BookOf(SocketFacts facts)
    {
        var book = Book(facts.Id);
        if (book.Line is null && facts.Kind is SocketKind.Connection)
            book.Line = Line(Ports.OfClient(facts.Local, facts.Remote));
        if (book.Mail is null && facts.Kind is SocketKind.Datagrams)
            book.Mail = new MailBook(Post, Ports.Of(facts.Local), facts.Remote is not null);
        return book;
    }

    internal sealed class Question(object command, IActorRef sender, int pushedBack)
    {
        public object Command => command;

        public IActorRef Sender => sender;

        public int PushedBack => pushedBack;

        public OfferBook? Offer { get; set; }

        public bool WasDecided { get; set; }

        public int Answers { get; set; }

        public string? LastAnswer { get; set; }
    }
}
