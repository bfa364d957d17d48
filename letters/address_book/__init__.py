"""Address books of offices and companies, taken over from files.

One record is one office or company, in CSV (the first row names the columns) or JSON (a list
of records, or one record), as the open address books of companies have them. Capitals, "_",
"-" and spaces in keys are all the same. Every key but the name may be missing:

    slug                    what it is known by; without one, it is known by its name
    name
    description, office (department)
    kind                    platform, government, regulator or company; company if missing
    relevant-countries      (countries, country) ISO codes; "all" for the whole world
    request-language        (language, languages) a code; of several, the first counts
    email                   (e-mail, emails)
    webform                 (web-form, form) the address of the form itself
    address                 (postal-address, post) lines; if it has one line, commas end lines
    account                 (accounts, public-account) https addresses of public accounts
    sources                 (source) where this was found; the first counts
    web                     (website) its own site: stands in where there is no source
    checked-on              (last-checked, checked) 2026-03-01
    checked-by
    quality                 of "scraped" records the date is not believed: nobody looked

Several values in one cell of CSV have spaces, ";" or "|" between them. What is empty changes
nothing; nothing is deleted; translations stay as they are.
"""
