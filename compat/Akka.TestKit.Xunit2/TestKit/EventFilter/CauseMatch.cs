namespace Akka.TestKit.Internal;

// An error has a message of its own and those of its cause and of what caused that; any of them may be the one.
internal sealed record CauseMatch(Type ExceptionType, TextMatch Text, TextMatch Source, bool Inner)
{
    public bool IsMatch(string source, object message, Exception cause)
    {
        if (cause == null)
            return ExceptionType == null && IsText(source, message);
        if (ExceptionType != null && !ExceptionType.IsInstanceOfType(cause))
            return Inner && IsMatch(source, message, cause.InnerException);
        return (message == null && string.IsNullOrEmpty(cause.Message))
            || IsText(source, message)
            || IsText(source, cause.Message)
            || (Inner && IsMatch(source, message, cause.InnerException));
    }

    private bool IsText(string source, object message) =>
        Source.IsMatch(source) && Text.IsMatch(message?.ToString() ?? "null");
}
