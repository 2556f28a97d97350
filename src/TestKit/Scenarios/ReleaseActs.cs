using Handoff.Messages;
using Handoff.TestKit.Parties;
using Handoff.Transport.Ownership;

namespace Handoff.TestKit.Scenarios;

/// <summary>How a socket is released; it is when it is said to whom.</summary>
public sealed class ReleaseActs
{
    private readonly PartyActs _acts;
    private readonly Stage _stage;
    private readonly SocketHandle _handle;
    private TimeSpan? _within;
    private object? _attachment;
    private byte[] _pushBack = [];
    private Party? _heir;

    internal ReleaseActs(PartyActs acts, Stage stage, SocketHandle handle)
    {
        _acts = acts;
        _stage = stage;
        _handle = handle;
    }

    /// <summary>How long the offer stands.</summary>
    /// <param name="time">Instead of <c>handoff.offer.timeout</c>.</param>
    public ReleaseActs Within(TimeSpan time)
    {
        _within = time;
        return this;
    }

    /// <summary>What goes with the offer.</summary>
    /// <param name="attachment">Anything.</param>
    public ReleaseActs With(object attachment)
    {
        _attachment = attachment;
        return this;
    }

    /// <summary>The last bytes that its owner consumed are the next owner's again.</summary>
    /// <param name="bytes">Those bytes.</param>
    public ReleaseActs PushingBack(byte[] bytes)
    {
        _pushBack = bytes;
        return this;
    }

    /// <summary>Who is asked if the owner stops before the outcome.</summary>
    /// <param name="heir">Who.</param>
    public ReleaseActs InheritedBy(string heir)
    {
        _heir = _stage.PartyOf(heir);
        return this;
    }

    /// <summary>To one target.</summary>
    /// <param name="target">Who.</param>
    public PartyActs To(string target) => To(OfferMode.InOrder, target);

    /// <summary>To one after the other, until one acquires.</summary>
    /// <param name="targets">In which order.</param>
    public PartyActs ToEachOf(params string[] targets) => To(OfferMode.InOrder, targets);

    /// <summary>To all at once: the first to acquire wins.</summary>
    /// <param name="targets">To whom.</param>
    public PartyActs ToAllOf(params string[] targets) => To(OfferMode.AtOnce, targets);

    /// <summary>To whoever the target sends the offer on to.</summary>
    /// <param name="router">Who is told first.</param>
    public PartyActs ToHolderFrom(string router) => To(OfferMode.AnyHolder, router);

    private PartyActs To(OfferMode mode, params string[] targets) => _acts.Sends(
        new Release(_handle, mode, [.. targets.Select(target => _stage.PartyOf(target).Ref)])
        {
            Within = _within,
            Attachment = _attachment,
            PushBack = _pushBack,
            Heir = _heir?.Ref,
        });
}
