namespace Handoff.Transport.Engine.Linux;

// Options as an owner asks for them: with a reason, and never on a number that is another socket's by now.
internal static unsafe class OwnerOptions
{
    public static SocketResult Set(Descriptor descriptor, int family, bool isStream, SocketOption option)
    {
        if (OptionNumbers.Of(option.Kind, family, isStream) is not var (level, name))
            return OptionRules.NotHere(option.Kind);
        var isIPv6 = family is Native.FamilyIPv6;
        if (OptionRules.Obstacle(option, isIPv6) is { } obstacle) return obstacle;
        var value = stackalloc byte[OptionBytes.Most];
        var size = OptionBytes.Write(option, isIPv6, new Span<byte>(value, OptionBytes.Most));
        return Set(descriptor, level, name, value, size, option);
    }

    public static OptionResult Get(Descriptor descriptor, int family, bool isStream, SocketOptionKind kind)
    {
        if (OptionNumbers.Of(kind, family, isStream) is not var (level, name))
            return new(null, OptionRules.NotHere(kind));
        if (OptionRules.Unreadable(kind, family is Native.FamilyIPv6) is { } unreadable) return new(null, unreadable);
        var value = stackalloc int[2];
        var size = 2 * sizeof(int);
        var result = Get(descriptor, level, name, value, &size, kind);
        if (!result.IsSuccess) return new(null, result);
        if (kind is SocketOptionKind.Linger) value[0] = value[0] == 0 ? -1 : value[1];
        return new(new SocketOption(kind, value[0]), result);
    }

    public static SocketResult SetRaw(Descriptor descriptor, int level, int name, ReadOnlySpan<byte> value)
    {
        if (OptionRules.Obstacle(value.Length) is { } obstacle) return obstacle;
        if ((level, name) is (Native.SocketLevel, Native.Linger) && OptionRules.Obstacle(value) is { } waits)
            return waits;
        fixed (byte* start = value)
        {
            return Set(descriptor, level, name, start, value.Length, $"option {level}/{name}");
        }
    }

    public static RawOptionResult GetRaw(Descriptor descriptor, int level, int name, int size)
    {
        if (OptionRules.Obstacle(size) is { } obstacle) return new(default, obstacle);
        var value = stackalloc byte[size];
        var result = Get(descriptor, level, name, value, &size, $"option {level}/{name}");
        return new(result.IsSuccess ? new ReadOnlySpan<byte>(value, size).ToArray() : default, result);
    }

    private static SocketResult Set(Descriptor descriptor, int level, int name, void* value, int size, object what)
    {
        if (!descriptor.TryEnter()) return OptionRules.Closed;
        var isSet = SystemCalls.SetOption(descriptor.Number, level, name, value, size) == 0;
        var error = isSet ? Errno.None : Errors.Last;
        descriptor.Leave();
        return Outcome(error, what);
    }

    private static SocketResult Get(Descriptor descriptor, int level, int name, void* value, int* size, object what)
    {
        if (!descriptor.TryEnter()) return OptionRules.Closed;
        var isThere = SystemCalls.GetOption(descriptor.Number, level, name, value, size) == 0;
        var error = isThere ? Errno.None : Errors.Last;
        descriptor.Leave();
        return Outcome(error, what);
    }

    private static SocketResult Outcome(Errno error, object what) => error switch
    {
        Errno.None => SocketResult.Success,
        Errno.NoSuchOption or Errno.NotSupported =>
            new(ResultCode.EEMODENOTSUPP, $"{what}: {ErrnoName.Of(error)}"),
        _ => new(ResultCode.EESETSOCKOPT, $"{what}: {ErrnoName.Of(error)}"),
    };
}
