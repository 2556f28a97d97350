using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Keeping.Deposits;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Transport.Handles.Keeping.Serving;

// All deposits, inside their bounds, each with its table. Whoever calls says what happened; the port does the rest.
internal sealed class DepositStore(KeeperOptions options, IKeeperPort port, Action<string> tell)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<ulong, (Deposit Deposit, Depositor Depositor)> _all = [];
    private ulong _numbers;
    private long _bytes;

    // Bytes that one may have.
    private int Frame => Math.Max(options.Handles.MaxFrame, options.Handles.MaxPayload);

    // Success: it is kept. Otherwise it is the caller's still.
    public SocketResult Add(Depositor depositor, Deposit deposit)
    {
        lock (_gate)
        {
            if (depositor.Deposits.ContainsKey(deposit.Id))
                return new(ResultCode.EEALREADY, $"deposit {deposit.Id} is kept already");
            if (WhyTooLong(deposit.Facts, deposit.Baggage) is { } tooLong) return tooLong;
            if (WhyFull(depositor, deposit.Size) is not null) DropEnded(depositor);
            if (WhyFull(depositor, deposit.Size) is { } why) return new(ResultCode.EEQUOTA, why);
            deposit.Number = ++_numbers;
            depositor.Deposits.Add(deposit.Id, deposit);
            _all.Add(deposit.Number, (deposit, depositor));
            _bytes += deposit.Size;
        }

        tell($"kept {deposit.Number} key={depositor.Key} of {depositor.Process}: {deposit}");
        return SocketResult.Success;
    }

    // Success: from now on the new token tells whose it is. Otherwise the token is the caller's still.
    public SocketResult Update(Depositor depositor, ulong id, SocketBaggage baggage, TakeOnceToken token)
    {
        lock (_gate)
        {
            if (!depositor.Deposits.TryGetValue(id, out var deposit)) return Unknown(id);
            if (WhyTooLong(deposit.Facts, baggage) is { } tooLong) return tooLong;
            var more = baggage.Size - deposit.Baggage.Size;
            if (_bytes + more > options.MaxBytes) return new(ResultCode.EEQUOTA, $"{_bytes} bytes are kept already");
            if (deposit.State is not DepositState.Kept) return Unknown(id);
            deposit.Bring(baggage, token);
            Step(deposit, depositor, new DepositEvent.Updated());
            _bytes += more;
            return SocketResult.Success;
        }
    }

    public SocketResult Withdraw(Depositor depositor, ulong id)
    {
        lock (_gate)
        {
            if (!depositor.Deposits.TryGetValue(id, out var deposit)) return Unknown(id);
            Step(deposit, depositor, new DepositEvent.Withdrawn());
            return deposit.IsOver ? SocketResult.Success : Unknown(id);
        }
    }

    // To all of one depositor's.
    public void Happened(Depositor depositor, DepositEvent what)
    {
        lock (_gate)
        {
            foreach (var deposit in depositor.Deposits.Values.ToArray()) Step(deposit, depositor, what);
        }
    }

    // What dead depositors left for this key, under this name or under any (empty), as much as goes in one move: the
    // keeper has the tokens of these.
    public IReadOnlyList<(Deposit Deposit, Depositor Depositor)> Want(string key, string name)
    {
        lock (_gate)
        {
            List<(Deposit, Depositor)> wanted = [];
            var (bytes, ofOffer) = (0L, (long)FrameBounds.OfferHeader);
            foreach (var (deposit, depositor) in _all.Values.ToArray())
            {
                if (depositor.Key != key || (name.Length > 0 && deposit.Name != name)) continue;
                if (deposit.State is not (DepositState.Left or DepositState.Won)) continue;
                var size = deposit.Baggage.Size;
                if (wanted.Count == options.Handles.MaxSockets
                    || bytes + size > options.Handles.MaxMove
                    || ofOffer + deposit.OfferSize > Frame) break;
                if (deposit.HasEnded) Step(deposit, depositor, new DepositEvent.ConnectionEnded());
                else Step(deposit, depositor, new DepositEvent.Wanted());
                if (deposit.State is not DepositState.Offered) continue;
                wanted.Add((deposit, depositor));
                bytes += size;
                ofOffer += deposit.OfferSize;
            }

            return wanted;
        }
    }

    public void Settle(IReadOnlyList<(Deposit Deposit, Depositor Depositor)> offered, DepositEvent how)
    {
        lock (_gate)
        {
            foreach (var (deposit, depositor) in offered) Step(deposit, depositor, how);
        }
    }

    public IReadOnlyList<ListedDeposit> List(ulong after)
    {
        lock (_gate)
        {
            return
            [
                .. _all.Where(one => one.Key > after).Take(FrameBounds.Listed).Select(one => new ListedDeposit(
                    one.Key,
                    one.Value.Depositor.Process.Id,
                    one.Value.Deposit.State is not DepositState.Kept,
                    one.Value.Depositor.Key,
                    one.Value.Deposit.Name,
                    one.Value.Deposit.Facts.Kind)),
            ];
        }
    }

    // Everything, plainly: the keeper ends.
    public void Clear()
    {
        lock (_gate)
        {
            foreach (var (deposit, depositor) in _all.Values)
            {
                deposit.Close();
                depositor.Deposits.Clear();
            }

            _all.Clear();
            _bytes = 0;
        }
    }

    private string? WhyFull(Depositor depositor, long size)
    {
        if (depositor.Deposits.Count >= options.MaxDepositsOfOne)
            return $"{depositor.Process} has {depositor.Deposits.Count} deposits";
        if (_all.Count >= options.MaxDeposits) return $"{_all.Count} deposits are kept already";
        return _bytes + size > options.MaxBytes ? $"{_bytes} bytes are kept already" : null;
    }

    // What could not go to an adopter is not kept at all.
    private SocketResult? WhyTooLong(SocketFacts facts, SocketBaggage baggage)
    {
        var isTooLong = baggage.Size > Math.Min(options.Handles.MaxMove, Frame - FrameBounds.PartHeader)
            || FrameBounds.OfferHeader + Deposit.SizeOf(facts) > Frame;
        return isTooLong
            ? new(ResultCode.EEMSGSIZE, $"{Deposit.SizeOf(facts) + baggage.Size} bytes go with it: no move could")
            : null;
    }

    // Looked for only where there is no room: until then they cost nothing but that.
    private void DropEnded(Depositor depositor)
    {
        var isOwn = depositor.Deposits.Count >= options.MaxDepositsOfOne;
        foreach (var (deposit, whose) in _all.Values.ToArray())
        {
            if ((!isOwn || whose == depositor) && deposit.HasEnded)
                Step(deposit, whose, new DepositEvent.ConnectionEnded());
        }
    }

    private void Step(Deposit deposit, Depositor depositor, DepositEvent what)
    {
        for (DepositEvent? next = what; next is not null;)
        {
            if (deposit.IsOver) return;
            var (state, effects) = DepositTable.Next(deposit.State, next);
            deposit.State = state;
            next = null;
            foreach (var effect in effects) next = port.Do(deposit, effect) ?? next;
        }

        if (deposit.State is not DepositState.Over over) return;
        _all.Remove(deposit.Number);
        depositor.Deposits.Remove(deposit.Id);
        _bytes -= deposit.Size;
        tell($"over {deposit.Number} key={depositor.Key} of {depositor.Process}: {over.Why}");
        depositor.Look();
    }

    private static SocketResult Unknown(ulong id) =>
        new(ResultCode.EEBADF, $"nothing is kept as deposit {id} of this process");
}
