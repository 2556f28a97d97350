namespace Handoff.Transport.Engine.Linux;

// What man pages call it.
internal static class ErrnoName
{
    private static readonly Dictionary<int, string> Names = new()
    {
        [1] = "EPERM",
        [2] = "ENOENT",
        [9] = "EBADF",
        [12] = "ENOMEM",
        [13] = "EACCES",
        [14] = "EFAULT",
        [16] = "EBUSY",
        [19] = "ENODEV",
        [22] = "EINVAL",
        [33] = "EDOM",
        [34] = "ERANGE",
        [88] = "ENOTSOCK",
        [92] = "ENOPROTOOPT",
        [95] = "EOPNOTSUPP",
        [98] = "EADDRINUSE",
        [99] = "EADDRNOTAVAIL",
        [105] = "ENOBUFS",
        [106] = "EISCONN",
        [107] = "ENOTCONN",
    };

    public static string Of(Errno error) => Names.GetValueOrDefault((int)error) ?? $"errno {(int)error}";
}
