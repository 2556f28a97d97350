namespace Handoff.Transport.Ownership;

/// <summary>How a loan ended. Each loan has exactly one outcome, told once to each side that lives.</summary>
public enum LoanOutcome
{
    /// <summary>No outcome yet; never part of an answer.</summary>
    None,

    /// <summary>Its time was over.</summary>
    Expired,

    /// <summary>The borrower returned it early.</summary>
    Returned,

    /// <summary>The borrower stopped.</summary>
    BorrowerDied,

    /// <summary>The connection ended while it was lent: nothing comes back.</summary>
    Closed,
}
